"""Which approach an initiative's characteristics speak for: a plain sum of points, each with its reason, for and against.

The points are data and our own choice. They are `weights`: characteristic → level ("low", "high") → approach → points.
The advisor never decides: it shows every approach that is near the best.
"""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5
NEAR = 1
CLEARLY = 2


@dataclass(frozen=True)
class Reason:
    """Why an approach got its points: for it above 0, against it below."""

    characteristic: str
    level: str
    approach: str
    points: int


@dataclass(frozen=True)
class Advice:
    """`sums`: approach → points; None where too little is answered. `reasons` in the order of the weights, those of 0 points
    left out. `shown`: the approaches within one point of the best, best first; [] where too little is answered."""

    sums: dict[str, int] | None
    reasons: list[Reason]
    shown: list[str]


def level(median: float | None) -> str | None:
    """What a median on the scale from 1 to 5 says: "low" up to 2, "high" from 4, None between and for no answer."""
    if median is None:
        return None
    return "low" if median <= 2 else "high" if median >= 4 else None


def advise(
    medians: Mapping[str, float | None], weights: Mapping[str, Mapping[str, Mapping[str, int]]]
) -> Advice:
    """The sums for `medians`, characteristic → median answer. None, or left out: not answered, or the group is split over it
    (`agreement.van_der_eijk` below 0), which the caller says. Below five characteristics with a median nothing is said."""
    medians = {name: medians[name] for name in weights if medians.get(name) is not None}
    if len(medians) < FEWEST:
        return Advice(None, [], [])
    reasons = [
        Reason(name, level(median), approach, points)
        for name, median in medians.items()
        for approach, points in weights[name].get(level(median), {}).items()
        if points
    ]
    sums = {approach: 0 for levels in weights.values() for points in levels.values() for approach in points}
    for reason in reasons:
        sums[reason.approach] += reason.points
    best = max(sums.values())
    shown = sorted((each for each in sums if sums[each] >= best - NEAR), key=sums.get, reverse=True)
    return Advice(sums, reasons, shown)


def simpler(sums: Mapping[str, int] | None, today: str, efforts: list[str]) -> list[str]:
    """The approaches of less effort than today's that score at least two points more, least effort first. `efforts`: the
    approaches from least to most effort; ValueError where today's is not among them. [] where nothing is summed."""
    easier = efforts[: efforts.index(today)]
    return [each for each in easier if sums[each] >= sums[today] + CLEARLY] if sums else []


def noted(medians: Mapping[str, float | None], notes: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The notes, by their code, whose levels all hold: `notes` is code → characteristic → level (a clear matter that people
    disagree about, "needs a mandate")."""
    return [
        code
        for code, levels in notes.items()
        if all(level(medians.get(name)) == wanted for name, wanted in levels.items())
    ]
