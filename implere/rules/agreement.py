"""How much a group agrees. Counts are lists of whole numbers, one for each category in order."""

from fractions import Fraction
from itertools import combinations
from statistics import median as _median

AGREED_SHARE = 2 / 3
FEWEST_TO_AGREE = 3


def largest_share(counts) -> float | None:
    """The share of the largest category; None for nobody."""
    total = sum(counts)
    return max(counts) / total if total else None


def modes(counts) -> list[int]:
    """The positions of the largest category, all of them where there is a tie; [] for nobody."""
    top = max(counts, default=0)
    return [place for place, count in enumerate(counts) if count == top] if top else []


def iqv(counts) -> float | None:
    """Index of qualitative variation, K/(K−1)·(1−Σp²): 0 all alike, 1 even over the K categories (Mueller & Schuessler
    1961). None for nobody or fewer than two categories."""
    total, kinds = sum(counts), len(counts)
    if not total or kinds < 2:
        return None
    return kinds / (kinds - 1) * (1 - sum((count / total) ** 2 for count in counts))


def pairs_alike(counts) -> float | None:
    """The share of pairs of people who said the same, Σv(v−1)/(n(n−1)); None for fewer than two."""
    total = sum(counts)
    return sum(v * (v - 1) for v in counts) / (total * (total - 1)) if total > 1 else None


def van_der_eijk(counts) -> float | None:
    """Agreement A on an ordered scale: 1 one answer, 0 even, −1 split to both ends. None for nobody or fewer than three
    categories. Source: C. van der Eijk (2001), Quality & Quantity 35:325–341."""
    counts, kinds, total = list(counts), len(counts), sum(counts)
    if not total or kinds < 3:
        return None
    agreement = Fraction(0)
    while any(counts):
        least = min(count for count in counts if count)
        pattern = [1 if count else 0 for count in counts]
        agreement += Fraction(least * sum(pattern), total) * _layer(pattern)
        counts = [count - least * filled for count, filled in zip(counts, pattern, strict=True)]
    return float(agreement)


def _layer(pattern: list[int]) -> Fraction:
    kinds, filled = len(pattern), sum(pattern)
    triples = [(pattern[i], pattern[j], pattern[k]) for i, j, k in combinations(range(kinds), 3)]
    unimodal = triples.count((1, 1, 0)) + triples.count((0, 1, 1))
    bimodal = triples.count((1, 0, 1))
    if unimodal + bimodal:
        unimodality = Fraction(
            (kinds - 2) * unimodal - (kinds - 1) * bimodal, (kinds - 2) * (unimodal + bimodal)
        )
    else:
        unimodality = Fraction(1)
    return unimodality * (1 - Fraction(filled - 1, kinds - 1))


def settled(counts, *, floor: int = FEWEST_TO_AGREE) -> int | None:
    """The position that a group agrees on: one largest category with at least two thirds of at least `floor` answers;
    else None. A tie is never broken silently. The two thirds are our choice."""
    top = modes(counts)
    if len(top) != 1 or sum(counts) < floor:
        return None
    return top[0] if largest_share(counts) >= AGREED_SHARE - 1e-9 else None


def words(counts) -> str | None:
    """How an ordered answer is spread, as a code: great, some, spread, split (A ≥ 0.6, ≥ 0.3, ≥ 0, below); None for fewer
    than five answers, which are only listed."""
    a = van_der_eijk(counts) if sum(counts) >= 5 else None
    if a is None:
        return None
    return "great" if a >= 0.6 else "some" if a >= 0.3 else "spread" if a >= 0 else "split"


def median(values) -> float | None:
    """The middle of the values; None for none."""
    return _median(values) if values else None


def median_in_tens(values) -> int | None:
    """The middle of probabilities (whole per cent in steps of ten), itself in a step of ten: halves go down, since we rather say
    too little than too much."""
    return int(median(values) // 10 * 10) if values else None
