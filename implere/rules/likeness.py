"""How alike two choices are, and in what: so that what was learnt from one is shown when a like one is made.

A choice is its known traits: name → a code (its approach), a set of codes (its units), or a number from 1 to 5 (the median
of a characteristic). What a trait weighs is data and our own choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SPAN = 4  # from 1 to 5
LIKE = 0.6
FEWEST_TRAITS = 3


@dataclass(frozen=True)
class Reason:
    """How alike two choices are in one trait: `share` from 0, nothing in common, to 1, the same."""

    trait: str
    one: object
    other: object
    share: float


@dataclass(frozen=True)
class Likeness:
    """`share`: the weighted mean over the traits that both have, 0 to 1; None for fewer than three such. `reasons`: those traits,
    what makes them most alike first."""

    share: float | None
    reasons: list[Reason]


@dataclass(frozen=True)
class Like:
    """A choice made before: its `position` among those given, and how it is like the one at hand."""

    position: int
    likeness: Likeness


def likeness(one: Mapping, other: Mapping, weights: Mapping[str, float]) -> Likeness:
    """Gower's similarity (1971, Biometrics 27:857–871) over the traits in `weights` (trait → weight above 0). A trait that is left
    out, None or an empty set in either is unknown: it speaks neither for nor against."""
    reasons = [
        Reason(trait, one[trait], other[trait], _share(one[trait], other[trait]))
        for trait in weights
        if _known(one.get(trait)) and _known(other.get(trait))
    ]
    reasons.sort(key=lambda reason: reason.share * weights[reason.trait], reverse=True)
    if len(reasons) < FEWEST_TRAITS:
        return Likeness(None, reasons)
    total = sum(weights[reason.trait] for reason in reasons)
    return Likeness(sum(weights[reason.trait] * reason.share for reason in reasons) / total, reasons)


def most_alike(choice: Mapping, earlier: list[Mapping], weights: Mapping[str, float]) -> list[Like]:
    """The earlier choices that are like this one, a share of at least 0.6, most alike first. The limit is our choice. Which traits
    it rests on is in the reasons; the outcome is no trait, or it would choose itself."""
    found = [Like(position, likeness(choice, other, weights)) for position, other in enumerate(earlier)]
    like = [each for each in found if each.likeness.share is not None and each.likeness.share >= LIKE - 1e-9]
    return sorted(like, key=lambda each: each.likeness.share, reverse=True)


def _known(value) -> bool:
    return value is not None and value != set()


def _share(one, other) -> float:
    if isinstance(one, set | frozenset):
        return len(one & other) / len(one | other)
    if isinstance(one, int | float):
        return 1 - abs(one - other) / SPAN
    return float(one == other)
