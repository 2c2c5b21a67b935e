"""Units × months: what initiatives ask against what the units have, as it stands or as it would be. A fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from implere.initiatives.models import Initiative
from implere.method import reader
from implere.organisation.models import Organisation, Unit
from implere.practice.models import Hours, Need, Size
from implere.rules import capacity

MONTHS = 12
CALM_LITTLE, CALM = 0.5, 1.0


@dataclass(frozen=True)
class SizeView:
    """A rough size with the hours and words that hold here."""

    id: str
    hours: int
    words: str


@dataclass(frozen=True)
class Plan:
    """What is asked and what there is, read once: the rules' needs, hours by unit and month, and the names of both."""

    needs: list[capacity.Need]
    have: dict[tuple[str, int], float | None]
    units: dict[str, str]  # id -> name, in the tree's order
    titles: dict[str, str]  # initiative id -> title
    first: int  # the first month that is shown
    months: int = MONTHS

    @property
    def window(self) -> range:
        return range(self.first, self.first + self.months)

    def cells(self, needs: list[capacity.Need] | None = None) -> dict[tuple[str, int], capacity.Cell]:
        """A cell for each unit and month in the window."""
        shown = [need for need in (self.needs if needs is None else needs) if need.month in self.window]
        return {(cell.unit, cell.month): cell for cell in capacity.cells(shown, self.have)}


@dataclass(frozen=True)
class Box:
    """A cell of the picture: a tone from 1 to 5, and the cell as it stands where it would be another."""

    cell: capacity.Cell | None
    tone: int
    before: capacity.Cell | None = None

    @property
    def percent(self) -> float | None:
        return None if self.cell is None or self.cell.load is None else 100 * self.cell.load


@dataclass(frozen=True)
class Row:
    name: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class HeatMap:
    """The picture: months along the top, a row for each unit that is asked for something or has hours."""

    months: tuple[date, ...]
    rows: tuple[Row, ...]


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def sizes(organisation: Organisation) -> list[SizeView]:
    """The sizes with the organisation's own meaning where it has one. One query."""
    own = {row.code: row for row in Size.objects.filter(organisation=organisation)}
    language = get_language() or "da"
    return [
        SizeView(
            each.id,
            own[each.id].hours if each.id in own else each.hours,
            (own[each.id].words if each.id in own else "") or each.text.in_language(language),
        )
        for each in reader.load().sizes
    ]


def plan(organisation: Organisation, first: int | None = None, months: int = MONTHS) -> Plan:
    """All needs and hours of the organisation's initiatives that go on. Four queries."""
    first = month_of(timezone.localdate()) if first is None else first
    meant = {size.id: size.hours for size in sizes(organisation)}
    rows = Need.objects.filter(
        organisation=organisation, initiative__removed_at=None
    ).exclude(initiative__status=Initiative.Status.COMPLETED)  # fmt: skip
    needs, titles = [], {}
    for initiative, title, unit, role, start, end, hours, size in rows.values_list(
        "initiative_id", "initiative__title", "unit_id", "role", "starts_on", "ends_on", "hours", "size"
    ):
        titles[str(initiative)] = title
        each = hours if hours is not None else meant.get(size)
        needs += [
            capacity.Need(str(initiative), str(unit), month, each, role)
            for month in range(month_of(start), month_of(end) + 1)
        ]
    return Plan(needs, _have(organisation, first, months), _units(organisation), titles, first, months)


def _have(organisation, first: int, months: int) -> dict:
    steps = defaultdict(list)
    for unit, start, hours in Hours.objects.filter(organisation=organisation).values_list(
        "unit_id", "starts_on", "hours"
    ):
        steps[str(unit)].append((month_of(start), hours))
    have = {}
    for unit, rows in steps.items():
        for month in range(first, first + months):
            known = [hours for start, hours in sorted(rows, key=lambda row: row[0]) if start <= month]
            if known:
                have[unit, month] = known[-1]
    return have


def _units(organisation) -> dict[str, str]:
    under = defaultdict(list)
    for pk, parent, name in Unit.objects.filter(organisation=organisation).values_list(
        "pk", "parent_id", "name"
    ):
        under[parent].append((pk, name))
    found = {}

    def walk(parent):
        for pk, name in under[parent]:
            found[str(pk)] = name
            walk(pk)

    walk(None)
    return found


def heat_map(found: Plan, tried: list[capacity.Need] | None = None) -> HeatMap:
    """The picture of the plan, or of what is tried, with what stands where that is another."""
    stands = found.cells()
    shown = stands if tried is None else found.cells(tried)
    units = {unit for unit, _month in {**stands, **shown}}
    rows = tuple(
        Row(
            name,
            tuple(_box(shown.get((pk, m)), stands.get((pk, m)), tried is not None) for m in found.window),
        )
        for pk, name in found.units.items()
        if pk in units
    )
    return HeatMap(tuple(first_day(month) for month in found.window), rows)


def _box(cell, before, tried: bool) -> Box:
    same = (cell and (cell.need, cell.unknown)) == (before and (before.need, before.unknown))
    return Box(cell, tone(cell), None if same or not tried else before)


def tone(cell: capacity.Cell | None) -> int:
    """From 1, little, to 5, more than there is; 0 where it can't be said."""
    if cell is None or cell.level is None:
        return 0
    if cell.level in ("over", "missing"):
        return 5
    if cell.level == "tight":
        return 3
    return 1 if (cell.load or 0) < CALM_LITTLE else 2


def needs(initiative: Initiative) -> list[Need]:
    """What one initiative asks, in order. One query."""
    return list(initiative.needs.select_related("unit"))
