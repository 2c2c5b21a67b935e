"""What initiatives ask of each unit in each month, against the hours that it has. Unknown is not nought: it is counted apart."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

TIGHT = 0.8
ROUNDING = 1e-9  # of hours that were divided and added up again


@dataclass(frozen=True)
class Need:
    """The hours that an initiative asks of one role in a unit in a month; None where nobody knows. `month`: a whole number
    that grows by one each month (`year * 12 + month`)."""

    initiative: str
    unit: str
    month: int
    hours: float | None
    role: str = ""


@dataclass(frozen=True)
class Cell:
    """A unit in a month. `need`: the known hours; `unknown`: how many needs have none; `initiatives`: how many ask something.
    `have`: the hours released, None where unknown. `load`: need/have, at least that much where a need is unknown; None without
    known hours to have. `level`: a code, see `level`."""

    unit: str
    month: int
    need: float
    unknown: int
    initiatives: int
    have: float | None
    load: float | None
    level: str | None


def cells(needs: list[Need], have: Mapping[tuple[str, int], float | None]) -> list[Cell]:
    """A cell for each unit and month that is asked for something or has something, by unit and month. `have`: (unit, month) →
    hours; what is left out is unknown. ValueError for hours below 0."""
    asked = defaultdict(list)
    for need in needs:
        asked[need.unit, need.month].append(need)
    return [
        _cell(unit, month, asked[unit, month], have.get((unit, month)))
        for unit, month in sorted({*asked, *have})
    ]


def level(need: float, unknown: int, have: float | None) -> str | None:
    """How hard a unit is pressed: "calm" below 80 per cent of what it has, "tight" up to all, "over" above, "missing" where it
    has none and is asked for some. An unknown need can only add: "over" and "missing" still hold, the rest is None. The
    limits are our choice."""
    if have is None:
        return None
    if need > have + ROUNDING:
        return "over" if have else "missing"
    if unknown:
        return None
    return "tight" if need and need >= TIGHT * have - ROUNDING else "calm"


def _cell(unit: str, month: int, needs: list[Need], have: float | None) -> Cell:
    known = [need.hours for need in needs if need.hours is not None]
    if min([*known, have or 0]) < 0:
        raise ValueError(f"{unit} has hours below 0 in month {month}")
    need, unknown = sum(known), len(needs) - len(known)
    return Cell(
        unit=unit,
        month=month,
        need=need,
        unknown=unknown,
        initiatives=len({need.initiative for need in needs}),
        have=have,
        load=need / have if have else None,
        level=level(need, unknown, have),
    )


def moved(needs: list[Need], initiative: str, months: int) -> list[Need]:
    """What if an initiative came so many months later (earlier below 0)."""
    return [
        replace(need, month=need.month + months) if need.initiative == initiative else need for need in needs
    ]


def stretched(needs: list[Need], initiative: str, times: int) -> list[Need]:
    """What if an initiative took so many `times` as long with the same hours in all: each month becomes `times` months from the
    first on. An unknown need stays unknown in each. ValueError for less than once."""
    if times < 1:
        raise ValueError(f"{times} times as long is not longer")
    first = min((need.month for need in needs if need.initiative == initiative), default=0)
    longer = []
    for need in needs:
        if need.initiative != initiative:
            longer.append(need)
            continue
        start = first + (need.month - first) * times
        hours = None if need.hours is None else need.hours / times
        longer += [replace(need, month=start + later, hours=hours) for later in range(times)]
    return longer


def paused(needs: list[Need], initiative: str, month: int, months: int) -> list[Need]:
    """What if an initiative stood still for so many `months` from `month` on: what lies there and after comes later."""
    return [
        replace(need, month=need.month + months)
        if need.initiative == initiative and need.month >= month
        else need
        for need in needs
    ]


def dropped(needs: list[Need], initiative: str) -> list[Need]:
    """What if an initiative were given up."""
    return [need for need in needs if need.initiative != initiative]
