"""Control charts: the limits that a steady process keeps within. Values and shares in order of time, None where missing."""

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import mean

FEWEST = 12
RANGE_TO_LIMIT = 2.66  # three deviations, of which a mean moving range is 1.128


@dataclass(frozen=True)
class Individuals:
    """`centre`: the mean, None for no values. `limits`: (lower, upper). `outside`: the positions of the values beyond a
    limit. The last two are None below twelve values, or where no two follow each other."""

    centre: float | None
    limits: tuple[float, float] | None
    outside: list[int] | None


@dataclass(frozen=True)
class Proportions:
    """`centre`: the share of all, None for none. `limits`: (lower, upper) for each position, within 0 and 1, None where
    nothing is counted. `outside`: the positions of the shares beyond their limits. The last two are None below twelve
    shares."""

    centre: float | None
    limits: list[tuple[float, float] | None] | None
    outside: list[int] | None


def individuals(values) -> Individuals:
    """The I chart: mean ± 2.66 mean moving range (Shewhart 1931). A range over a missing value is left out. Twelve values is our
    choice."""
    present = [value for value in values if value is not None]
    centre = mean(present) if present else None
    ranges = [abs(after - before) for before, after in pairwise(values) if None not in (before, after)]
    if len(present) < FEWEST or not ranges:
        return Individuals(centre, None, None)
    reach = RANGE_TO_LIMIT * mean(ranges)
    lower, upper = centre - reach, centre + reach
    outside = [at for at, value in enumerate(values) if value is not None and not lower <= value <= upper]
    return Individuals(centre, (lower, upper), outside)


def proportions(counts, sizes) -> Proportions:
    """The p chart: p̄ ± 3√(p̄(1−p̄)/n) (Shewhart 1931). `counts` of `sizes`; a size of 0, or None in either, is a missing
    share. ValueError where a count is no part of its size, or the lists are of unlike length."""
    parts = list(zip(counts, sizes, strict=True))
    present = {at: (count, size) for at, (count, size) in enumerate(parts) if size and count is not None}
    for count, size in present.values():
        if not 0 <= count <= size:
            raise ValueError(f"{count} of {size} is no share")
    total = sum(size for _count, size in present.values())
    centre = sum(count for count, _size in present.values()) / total if total else None
    if len(present) < FEWEST:
        return Proportions(centre, None, None)
    limits = [_limits(centre, present[at][1]) if at in present else None for at in range(len(parts))]
    outside = [
        at for at, (count, size) in present.items() if not limits[at][0] <= count / size <= limits[at][1]
    ]
    return Proportions(centre, limits, outside)


def _limits(centre: float, size: int) -> tuple[float, float]:
    reach = 3 * sqrt(centre * (1 - centre) / size)
    return max(0.0, centre - reach), min(1.0, centre + reach)
