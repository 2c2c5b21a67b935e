"""The numbers that a chart of a series over time is drawn from: the same on the screen and on paper. No library draws it."""

from dataclasses import dataclass
from datetime import date
from math import floor, log10

WIDE, NARROW = (
    (960, 320, 6),
    (440, 300, 3),
)  # width, height, how many days are named: on paper and a desk, on a phone
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 28, 44
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Dot:
    """A number on the picture; `outside` where it is beyond a limit."""

    x: float
    y: float
    on: date
    value: float
    outside: bool = False


@dataclass(frozen=True)
class Chart:
    """What the template draws: the series' paths (broken where a number is missing), lines, ticks and marks."""

    own: tuple[str, ...]
    other: tuple[str, ...]
    dots: tuple[Dot, ...]
    median: float | None
    target: float | None
    limits: tuple[str, ...]
    changed: float | None
    ticks: tuple[tuple[float, float], ...]  # (y, value)
    days: tuple[tuple[float, date], ...]
    marks: tuple[tuple[float, int], ...]  # (x, its number in the list below)
    width: int
    height: int
    left: int = LEFT
    top: int = TOP

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM


@dataclass(frozen=True)
class Series:
    """What is drawn: numbers in order of time, None where one is missing."""

    days: list[date]
    own: list[float | None]
    other: list[float | None]
    median: float | None = None
    target: float | None = None
    limits: list[tuple[float, float] | None] | None = None
    outside: frozenset[int] = frozenset()
    changed_on: date | None = None
    marks: tuple[date, ...] = ()


def draw(series: Series, shape: tuple[int, int, int] = WIDE) -> Chart | None:
    """The picture, or None where there is no number."""
    width, height, named = shape
    values = [v for v in (*series.own, *series.other, series.median, series.target) if v is not None]
    values += [v for limit in series.limits or [] if limit for v in limit]
    if not values:
        return None
    step, low, high = _scale(min(values), max(values))
    first, last = series.days[0], series.days[-1]
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        share = (day - first).days / span
        return round(LEFT + 12 + (width - LEFT - RIGHT - 24) * min(max(share, 0), 1), 1)

    def y(value: float) -> float:
        return round(height - BOTTOM - (height - TOP - BOTTOM) * (value - low) / (high - low), 1)

    inside = [(day, number) for number, day in enumerate(series.marks, start=1) if first <= day <= last]
    return Chart(
        own=_paths(series.days, series.own, x, y),
        other=_paths(series.days, series.other, x, y),
        dots=tuple(
            Dot(x(day), y(value), day, value, place in series.outside)
            for place, (day, value) in enumerate(zip(series.days, series.own, strict=True))
            if value is not None
        ),
        median=None if series.median is None else y(series.median),
        target=None if series.target is None else y(series.target),
        limits=_limits(series, x, y),
        changed=x(series.changed_on) if series.changed_on and first < series.changed_on <= last else None,
        ticks=_ticks(step, low, high, y),
        days=tuple((x(day), day) for day in _spread(series.days, named)),
        marks=tuple((x(day), number) for day, number in inside),
        width=width,
        height=height,
    )


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """(step, from, to) in round numbers round the values; 0 is taken in where it is near."""
    if low > 0 and low < 0.35 * high:
        low = 0
    span = high - low or abs(high) or 1
    raw = span / 4
    power = 10 ** floor(log10(raw))
    step = next(each * power for each in STEPS if each * power >= raw * 0.999)
    bottom = floor(low / step) * step
    count = 1
    while bottom + count * step < high - 1e-9 * step:
        count += 1
    return step, bottom, bottom + count * step


def _ticks(step, low, high, y):
    count = round((high - low) / step)
    return tuple((y(low + n * step), round(low + n * step, 10)) for n in range(count + 1))


def _paths(days, values, x, y) -> tuple[str, ...]:
    """A path for each stretch without a gap."""
    paths, stretch = [], []
    for day, value in [*zip(days, values, strict=True), (None, None)]:
        if value is not None:
            stretch.append(f"{x(day)} {y(value)}")
        elif stretch:
            paths.append("M" + "L".join(stretch))
            stretch = []
    return tuple(path for path in paths if "L" in path)


def _limits(series: Series, x, y) -> tuple[str, ...]:
    if not series.limits:
        return ()
    lines = []
    for side in (0, 1):
        lines += _paths(series.days, [limit[side] if limit else None for limit in series.limits], x, y)
    return tuple(lines)


def _spread(days: list[date], most: int) -> list[date]:
    """The first, the last, and some between them."""
    if len(days) <= most:
        return days
    return [days[round(n * (len(days) - 1) / (most - 1))] for n in range(most)]
