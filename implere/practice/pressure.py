"""What the picture of capacity says, in words: too many at once is said plainly, and who carries the most."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.practice.queries.capacity import Plan, first_day
from implere.rules.capacity import Cell

MANY = 4  # initiatives at once in a unit, which is said plainly; our choice


@dataclass(frozen=True)
class Pressure:
    """`headline`, `sentences`, and the cells over what there is, worst first. `code`: unknown, over, many or calm."""

    code: str
    headline: str
    sentences: tuple[str, ...]
    over: tuple[Cell, ...] = ()


def of(plan: Plan, cells: dict) -> Pressure:
    """The finding for the cells, of the plan or of what is tried on it."""
    asked = [cell for cell in cells.values() if cell.initiatives]
    if not asked:
        return Pressure("unknown", _("Nobody has said yet what the initiatives ask of the units"), ())
    over = sorted((c for c in asked if c.level in ("over", "missing")), key=_worst)
    crowded = max(asked, key=lambda c: (c.initiatives, -c.month))
    sentences = tuple(_sentences(plan, asked, over, crowded))
    if over:
        return Pressure("over", _over(plan, over[0]), sentences, tuple(over))
    if crowded.initiatives >= MANY:
        return Pressure("many", _many(plan, crowded), sentences)
    if all(cell.level is None for cell in asked):
        return Pressure("unknown", _("It can't be said whether there are hours enough"), sentences)
    return Pressure("calm", _("No unit is asked for more than it is known to have"), sentences)


def _worst(cell: Cell):
    return (-(cell.need - (cell.have or 0)), cell.month)


def month(number: int) -> str:
    return formats.date_format(first_day(number), "F Y").lower()


def _over(plan: Plan, cell: Cell) -> str:
    facts = {"unit": plan.units[cell.unit], "month": month(cell.month), "n": cell.initiatives}
    if cell.level == "missing":
        return _("%(unit)s has no hours in %(month)s, and is asked for some") % facts
    return (
        ngettext(
            "%(unit)s is asked for more than it has in %(month)s, by %(n)d initiative",
            "%(unit)s is asked for more than it has in %(month)s, by %(n)d initiatives at once",
            cell.initiatives,
        )
        % facts
    )


def _many(plan: Plan, cell: Cell) -> str:
    return _("%(unit)s has %(n)d initiatives at once in %(month)s") % {
        "unit": plan.units[cell.unit], "n": cell.initiatives, "month": month(cell.month),
    }  # fmt: skip


def _sentences(plan: Plan, asked: list[Cell], over: list[Cell], crowded: Cell):
    if over:
        units = {cell.unit for cell in over}
        yield ngettext(
            "%(n)d unit is over in %(months)d of its months.",
            "%(n)d units are over, in %(months)d of their months together.",
            len(units),
        ) % {"n": len(units), "months": len(over)}
        most = _carries_most(asked)
        if most:
            yield _("%(unit)s carries the most: %(need)s hours in the months shown.") % {
                "unit": plan.units[most[0]], "need": formats.number_format(round(most[1]), force_grouping=True),
            }  # fmt: skip
        if crowded.initiatives >= MANY and (crowded.unit, crowded.month) != (over[0].unit, over[0].month):
            yield _many(plan, crowded) + "."
    unknown = sum(cell.unknown for cell in asked)
    if unknown:
        yield ngettext(
            "%(n)d need is unknown and counts as no hours here: the picture is at least this bad.",
            "%(n)d needs are unknown and count as no hours here: the picture is at least this bad.",
            unknown,
        ) % {"n": unknown}
    silent = {cell.unit for cell in asked if cell.have is None}
    if silent:
        yield ngettext(
            "%(n)d unit has not said what it has.", "%(n)d units have not said what they have.", len(silent)
        ) % {"n": len(silent)}


def _carries_most(asked: list[Cell]) -> tuple[str, float] | None:
    hours: dict[str, float] = {}
    for cell in asked:
        hours[cell.unit] = hours.get(cell.unit, 0) + cell.need
    unit = max(hours, key=hours.get)
    return (unit, hours[unit]) if hours[unit] else None
