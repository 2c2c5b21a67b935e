"""What stands, and the map of it. A fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.decisions.models import Decision
from implere.initiatives.models import Cycle, Initiative
from implere.meetings.models import Activity, Meeting
from implere.method import reader
from implere.rules.flow import one_sided

ROW, PAD, TOP, GAP = 34, 54, 34, 12  # of the map's picture
LEFT_EDGE, RIGHT_EDGE, WIDTH = 420, 900, 1320


def standing(activity: Activity) -> dict:
    """{subject id: the decision that stands}."""
    return {d.subject_id: d for d in Decision.objects.filter(subject__activity=activity, reopened_at=None)}


@dataclass(frozen=True)
class Place:
    """An initiative in one approach's field on one side of the map."""

    title: str
    y: int
    moved: bool


@dataclass(frozen=True)
class Field:
    """An approach's field on one side of the map."""

    id: str
    title: str
    slot: int
    y: int
    height: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Map:
    """All settled placements, today → from now on. `finding` is the headline; `rest` are not agreed."""

    finding: str
    second: str
    left: tuple[Field, ...]
    right: tuple[Field, ...]
    ways: tuple[tuple[int, bool, str], ...]  # (slot gone to, moved, path)
    rows: tuple[tuple[str, str, str], ...]  # (title, today, onwards) in words, for the table
    rest: tuple[str, ...]
    height: int


def map_of_activity(activity: Activity) -> Map:
    """The map of one placement activity, with what the group did not agree on."""
    subjects = list(activity.subjects.all())
    decided = standing(activity)
    placed = [(s.text, decided[s.pk].today, decided[s.pk].onwards) for s in subjects if s.pk in decided]
    return draw_map(placed, [s.text for s in subjects if s.pk not in decided])


def map_of_cycle(cycle: Cycle) -> Map:
    """The map of each initiative's latest standing placement in the cycle."""
    placed = [(i.title, d.today, d.onwards) for i, d in present_placements(cycle).values()]
    return draw_map(placed, [])


def present_placements(cycle: Cycle) -> dict:
    """{initiative id: (initiative, its latest standing placement)}: derived, never stored twice."""
    rows = Decision.objects.filter(initiative__cycle=cycle, reopened_at=None).exclude(onwards="")
    return {
        row.initiative_id: (row.initiative, row)
        for row in rows.select_related("initiative").order_by("settled_at")
    }


def draw_map(placed: list[tuple[str, str, str]], rest: list[str]) -> Map:
    """The numbers of the picture from (title, today, onwards)."""
    names = {a.id: str(a.name) for a in reader.load().approaches}
    left, left_y = _side(placed, 1)
    right, right_y = _side(placed, 2)
    slots = {a.id: a.colour for a in reader.load().approaches}
    ways = tuple(
        (slots.get(onwards, 0), today != onwards, _way(left_y[title, today], right_y[title, onwards]))
        for title, today, onwards in placed
        if (title, onwards) in right_y and (title, today) in left_y
    )
    height = max([field.y + field.height for field in (*left, *right)], default=0)
    return Map(
        finding(placed),
        one_way(placed),
        left,
        right,
        ways,
        tuple(
            (title, names.get(today, _("Not begun")), names.get(onwards, ""))
            for title, today, onwards in placed
        ),
        tuple(rest),
        height,
    )


def _side(placed, side: int):
    method = reader.load()
    groups = [(a.id, str(a.name), a.colour) for a in method.approaches]
    if side == 1 and any(row[1] not in {g[0] for g in groups} for row in placed):
        groups.append(("", _("Not begun"), 0))
    known = {group[0] for group in groups if group[0]}
    fields, ys, y = [], {}, TOP
    for id, title, slot in groups:
        mine = [row for row in placed if (row[side] == id if id else row[side] not in known)]
        places = []
        for number, row in enumerate(mine):
            place_y = y + PAD + number * ROW
            places.append(Place(row[0], place_y, row[1] != row[2]))
            ys[row[0], row[side]] = place_y
        height = PAD + max(len(mine), 1) * ROW - 8
        fields.append(Field(id, title, slot, y, height, tuple(places)))
        y += height + GAP
    return tuple(fields), ys


def _way(y1: int, y2: int) -> str:
    x1, x2 = LEFT_EDGE - 14, RIGHT_EDGE + 14
    bend = (x1 + x2) // 2
    return f"M{x1} {y1 - 5}C{bend} {y1 - 5} {bend} {y2 - 5} {x2} {y2 - 5}"


def finding(placed: list) -> str:
    """The map's headline: how many will be approached otherwise."""
    if not placed:
        return _("Nothing has been placed yet")
    changed = sum(1 for _title, today, onwards in placed if today != onwards)
    if not changed:
        return _("You go on as today with all %(all)d initiatives") % {"all": len(placed)}
    return ngettext(
        "%(n)d of %(all)d initiatives will be approached in another way",
        "%(n)d of %(all)d initiatives will be approached in another way",
        changed,
    ) % {"n": changed, "all": len(placed)}


def one_way(placed: list) -> str:
    """One-sidedness, where nearly everything is approached in one way; else ""."""
    names = {a.id: str(a.name) for a in reader.load().approaches}
    for side, words in (
        (2, _("From now on %(n)d of %(all)d are approached by “%(name)s”")),
        (1, _("Today %(n)d of %(all)d are approached by “%(name)s”")),
    ):
        found = one_sided([row[side] for row in placed if row[side] in names])
        if found:
            return words % {"n": found[1], "all": len(placed), "name": names[found[0]]}
    return ""


@dataclass(frozen=True)
class CyclePage:
    """The cycle's page."""

    initiatives: list
    next_steps: list
    meetings: list
    map: Map


def cycle_page(cycle: Cycle) -> CyclePage:
    """Initiatives with their placement and next steps, and the meetings. Five queries."""
    decisions = list(
        Decision.objects.filter(subject__activity__meeting__cycle=cycle, reopened_at=None)
        .select_related("initiative", "subject")
        .order_by("settled_at")
    )
    placements = {d.initiative_id: d for d in decisions if d.onwards and d.initiative_id}
    names = {a.id: a for a in reader.load().approaches}
    rows = (
        Initiative.objects.filter(cycle=cycle, removed_at=None)
        .select_related("theme", "chosen")
        .order_by("position")
    )
    steps = [d for d in decisions if d.what]
    return CyclePage(
        initiatives=[
            {
                "row": row,
                "chosen": hasattr(row, "chosen"),
                "placement": placements.get(row.pk),
                "today": names.get(placements[row.pk].today) if row.pk in placements else None,
                "onwards": names.get(placements[row.pk].onwards) if row.pk in placements else None,
            }
            for row in rows
        ],
        next_steps=steps,
        meetings=list(
            Meeting.objects.filter(cycle=cycle)
            .annotate(people=Count("participants"))
            .select_related("release")
        ),
        map=draw_map(
            [(d.initiative.title, d.today, d.onwards) for d in placements.values() if d.initiative], []
        ),
    )
