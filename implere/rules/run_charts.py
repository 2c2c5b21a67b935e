"""Run charts: whether a series moves by more than chance. A signal says that something changed, not why, nor for the better.

Anhøj & Olesen (2014), PLoS ONE 9(11):e113825; Anhøj (2015), 10(3):e0121349. The trend rule is left out: it finds next to
nothing.
"""

from dataclasses import dataclass
from itertools import groupby
from math import comb, isclose, log2
from statistics import median

FEWEST = 10


@dataclass(frozen=True)
class RunChart:
    """`median`: the line, given or found; None for no values. `n_useful`: the values that are there and not on the line.
    `longest_run` on one side and `crossings` are counted among these. The limits (a run above its most, or crossings below
    their fewest, is a signal) and `signal` are None below ten useful values."""

    median: float | None
    n_useful: int
    longest_run: int
    longest_run_max: int | None
    crossings: int
    crossings_min: int | None
    signal: bool | None


def anhoej(values, centre: float | None = None, baseline: int | None = None) -> RunChart:
    """`values` in order of time, None where one is missing. The line is `centre` if it is given, else the median of the
    first `baseline` points, else of all."""
    line = centre if centre is not None else _median(values[:baseline])
    sides = [] if line is None else [value > line for value in values if _useful(value, line)]
    runs = [len(list(run)) for _side, run in groupby(sides)]
    longest, crossings = max(runs, default=0), max(len(runs) - 1, 0)
    if len(sides) < FEWEST:
        return RunChart(line, len(sides), longest, None, crossings, None, None)
    most, fewest = longest_run_max(len(sides)), crossings_min(len(sides))
    signal = longest > most or crossings < fewest
    return RunChart(line, len(sides), longest, most, crossings, fewest, signal)


def longest_run_max(n: int) -> int:
    """The longest run on one side of the median that chance explains among n useful values: log2 n, rounded, plus three."""
    return round(log2(n)) + 3


def crossings_min(n: int) -> int:
    """The fewest crossings of the median that chance explains among n useful values: the smallest k for which at most k
    heads in n − 1 throws of a coin have a probability of at least 5 per cent."""
    throws, ways, k = n - 1, 1, 0
    while 20 * ways < 2**throws:
        k += 1
        ways += comb(throws, k)
    return k


def _median(values) -> float | None:
    present = [value for value in values if value is not None]
    return median(present) if present else None


def _useful(value: float | None, line: float) -> bool:
    return value is not None and not isclose(value, line, abs_tol=1e-12)
