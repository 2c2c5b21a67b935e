"""An initiative's indicators as they are shown: the picture, what it says in words, and its rows. A fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from implere import rooms
from implere.initiatives.models import Initiative
from implere.practice import charts, findings
from implere.practice.models import Indicator, Leftover, Mark, Point
from implere.rules import control_charts, run_charts

FEWEST_BEFORE = 5  # points that a kept median is made of; our choice
SHARE = 100  # shares are shown in per cent


@dataclass(frozen=True)
class Row:
    """A day in the table under the picture."""

    on: date
    own: float | None
    other: float | None
    counts: str
    outside: bool


@dataclass(frozen=True)
class MarkView:
    """What was done on a day; `pk` where it was typed here and can be taken away."""

    on: date
    text: str
    number: int
    pk: object = None


@dataclass(frozen=True)
class IndicatorView:
    """An indicator with its picture, drawn wide and narrow, and what it finds in our own series."""

    indicator: Indicator
    chart: charts.Chart | None
    narrow: charts.Chart | None
    finding: findings.Finding
    rows: tuple[Row, ...]
    marks: tuple[MarkView, ...]
    leftovers: tuple[Leftover, ...]
    points: int

    @property
    def unit(self) -> str:
        return "%" if self.indicator.kind == Indicator.Kind.SHARE else self.indicator.unit_of_measure

    @property
    def decimals(self) -> int:
        """As many as the numbers need to be told apart, two at most."""
        values = [v for row in self.rows for v in (row.own, row.other) if v is not None]
        return next(
            (n for n in (0, 1) if all(abs(v - round(v, n)) < 1e-6 for v in values)),
            1 if self.unit == "%" else 2,
        )

    @property
    def tick_decimals(self) -> int:
        values = [value for _y, value in self.chart.ticks] if self.chart else []
        return next((n for n in (0, 1) if all(abs(v - round(v, n)) < 1e-9 for v in values)), 2)


def indicators(initiative: Initiative) -> list[IndicatorView]:
    """The initiative's indicators in their order. Three queries, and the marks of the higher rooms."""
    rows = list(initiative.indicators.filter(removed_at=None))
    return _views(initiative, rows)


def indicator(one: Indicator) -> IndicatorView:
    """One of them."""
    return _views(one.initiative, [one])[0]


def removed(initiative: Initiative) -> list[Indicator]:
    return list(initiative.indicators.filter(removed_at__isnull=False))


def marks(initiative: Initiative) -> tuple[MarkView, ...]:
    """What was marked here, and what other rooms know was done, by date."""
    found = [(mark.on, mark.text, mark.pk) for mark in Mark.objects.filter(initiative=initiative)]
    found += [
        (on, text, None) for registered in rooms.initiative_marks for on, text in registered(initiative)
    ]
    found.sort(key=lambda row: (row[0], row[1]))
    return tuple(MarkView(on, text, n, pk) for n, (on, text, pk) in enumerate(found, start=1))


def _views(initiative: Initiative, rows: list[Indicator]) -> list[IndicatorView]:
    points, leftovers = defaultdict(list), defaultdict(list)
    for point in Point.objects.filter(indicator__in=rows, replaced_at=None):
        points[point.indicator_id].append(point)
    for leftover in Leftover.objects.filter(indicator__in=rows):
        leftovers[leftover.indicator_id].append(leftover)
    done = marks(initiative) if rows else ()
    return [_view(each, points[each.pk], tuple(leftovers[each.pk]), done) for each in rows]


def _view(one: Indicator, points: list[Point], leftovers, done: tuple[MarkView, ...]) -> IndicatorView:
    own = {p.on: p for p in points if p.series == Point.Series.OWN}
    other = {p.on: p for p in points if p.series == Point.Series.OTHER}
    days = sorted({*own, *other})
    mine, theirs = [_value(own.get(day)) for day in days], [_value(other.get(day)) for day in days]
    before = _before(one, days, mine)
    run = run_charts.anhoej(mine, baseline=before)
    limits, outside = _limits(one, days, own, mine, run)
    finding = findings.of(one, run, days, mine, theirs, before, [days[n] for n in sorted(outside)])
    series = charts.Series(
        days=days, own=mine, other=theirs, median=run.median,
        target=None if one.target is None else float(one.target), limits=limits, outside=outside,
        changed_on=one.changed_on, marks=tuple(mark.on for mark in done),
    )  # fmt: skip
    pictures = [charts.draw(series, shape) if days else None for shape in (charts.WIDE, charts.NARROW)]
    rows = tuple(
        Row(day, mine[n], theirs[n], _counts(own.get(day)), n in outside) for n, day in enumerate(days)
    )
    seen = tuple(mark for mark in done if days and days[0] <= mark.on <= days[-1])
    return IndicatorView(one, *pictures, finding, rows, seen, leftovers, len(own))


def _value(point: Point | None) -> float | None:
    if point is None or point.value is None:
        return None
    return float(SHARE * point.value / point.size) if point.size else float(point.value)


def _counts(point: Point | None) -> str:
    if point is None or point.value is None or not point.size:
        return ""
    return f"{findings.said(float(point.value))} / {findings.said(float(point.size))}"


def _before(one: Indicator, days: list[date], values: list) -> int | None:
    """How many of the first points lie before the change, where they are enough to keep their median; else None."""
    if not one.changed_on:
        return None
    before = sum(1 for day in days if day < one.changed_on)
    return before if sum(v is not None for v in values[:before]) >= FEWEST_BEFORE else None


def _limits(one: Indicator, days, own, values, run):
    """Limits where they fit: of a share by how many it is of, else of single numbers; none where the series has moved, since
    they are those of a steady process."""
    if run.signal:
        return None, frozenset()
    if one.kind == Indicator.Kind.SHARE:
        parts = [own.get(day) for day in days]
        whole = [p and p.size and p.value is not None for p in parts]
        found = control_charts.proportions(
            [float(p.value) if ok else None for p, ok in zip(parts, whole, strict=True)],
            [float(p.size) if ok else None for p, ok in zip(parts, whole, strict=True)],
        )
        lines = [limit and (SHARE * limit[0], SHARE * limit[1]) for limit in found.limits or []] or None
    else:
        found = control_charts.individuals(values)
        lines = [found.limits] * len(days) if found.limits else None
    return lines, frozenset(found.outside or [])
