"""How sure a group was, against what happened. About choices, never about persons.

A forecast is a probability from 0 to 1, its outcome whether it happened; open or dropped choices are left out by the
caller. Ask in steps of ten per cent: what is said exactly here holds for groups of equal forecasts.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

FEWEST_FOR_A_SHARE, FEWEST_FOR_A_CURVE = 10, 20
FEWEST_IN_A_POINT = 5


@dataclass(frozen=True)
class Murphy:
    """`brier` = `reliability` − `resolution` + `uncertainty`. `bias`: above 0 where more was expected than happened.
    `skill` against always saying the mean outcome: 1 perfect, 0 no better; None where all turned out alike."""

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    bias: float
    skill: float | None


@dataclass(frozen=True)
class Point:
    """The `n` choices that were given the same `forecast`: the share that happened, and its Wilson interval."""

    forecast: float
    n: int
    share: float
    interval: tuple[float, float]

    @property
    def enough(self) -> bool:
        """Whether the point may be drawn: from five choices."""
        return self.n >= FEWEST_IN_A_POINT


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """(lower, upper) of a share's interval (Wilson 1927, J. Am. Stat. Assoc. 22:209–212); None for n = 0. ValueError where
    there are more successes than n, or fewer than none."""
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    if n == 0:
        return None
    z, p = NormalDist().inv_cdf((1 + confidence) / 2), successes / n
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z / scale * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre - half if successes else 0.0, centre + half if successes < n else 1.0)


def murphy(forecasts, outcomes) -> Murphy | None:
    """The Brier score (1950) in Murphy's parts (1973, J. Applied Meteorology 12:595–600), by distinct forecast. None for no
    forecasts; ValueError for a forecast outside 0 to 1, or lists of unlike length."""
    groups = _by_forecast(forecasts, outcomes)
    if not groups:
        return None
    n = sum(map(len, groups.values()))
    happened = sum(map(sum, groups.values())) / n
    said = sum(forecast * len(group) for forecast, group in groups.items()) / n
    uncertainty = happened * (1 - happened)
    brier = sum((f - outcome) ** 2 for f, group in groups.items() for outcome in group) / n
    return Murphy(
        brier=brier,
        reliability=sum(len(group) * (f - fmean(group)) ** 2 for f, group in groups.items()) / n,
        resolution=sum(len(group) * (fmean(group) - happened) ** 2 for group in groups.values()) / n,
        uncertainty=uncertainty,
        bias=said - happened,
        skill=1 - brier / uncertainty if uncertainty else None,
    )


def curve(forecasts, outcomes) -> list[Point]:
    """A point for each distinct forecast, lowest first; [] for none. Draw those that have `enough`."""
    return [
        Point(forecast, len(group), fmean(group), wilson(sum(group), len(group)))
        for forecast, group in sorted(_by_forecast(forecasts, outcomes).items())
    ]


def may_say(settled: int) -> str:
    """What so many settled choices allow to be shown, as a code: "cases" (below ten: the cases, no score), "share" (the
    stated mean against the share with its interval), from twenty "curve". The limits are our choice."""
    if settled < FEWEST_FOR_A_SHARE:
        return "cases"
    return "share" if settled < FEWEST_FOR_A_CURVE else "curve"


def _by_forecast(forecasts, outcomes) -> dict[float, list[bool]]:
    groups = defaultdict(list)
    for forecast, outcome in zip(forecasts, outcomes, strict=True):
        if not 0 <= forecast <= 1:
            raise ValueError(f"{forecast} is no probability from 0 to 1")
        groups[forecast].append(bool(outcome))
    return groups
