"""The whole board. A fixed number of queries, however many notes. Notes are ordered by their random keys, so that nothing tells who
wrote when."""

from collections import defaultdict

from implere.boards.models import Merge, Note, NoteSubject, Origin
from implere.boards.queries.state import is_shown, sources, zones_in_use
from implere.boards.queries.views import Board, ZoneView, list_id, row_views, view_of, zone_view
from implere.initiatives.models import Initiative
from implere.meetings.models import Activity
from implere.method import reader


def board(activity: Activity) -> Board:
    """The whole board. Nine queries at most."""
    views, removed = notes(activity)
    zones = zones_in_use(activity)
    by_zone = defaultdict(list)
    known = {zone.pk for zone in zones}
    for view in views:
        by_zone[view.zone_id if view.zone_id in known else None].append(view)
    initiatives = _initiatives(activity) if activity.config.get("zones") == "themes" else {}
    method = reader.load()
    drawn = [zone_view(activity, zone, by_zone[zone.pk], initiatives, method) for zone in zones]
    matrix = isinstance(activity.config.get("zones"), dict)
    if not matrix:
        loose = ZoneView(
            None, "", list_id(activity, None), tuple(by_zone[None]), tuple(initiatives.get(None, ()))
        )
        drawn.insert(0, loose)
    return Board(
        zones=tuple(drawn),
        rows=row_views(activity, drawn, method) if matrix else (),
        shown=is_shown(activity),
        count=sum(1 + view.more for view in views),
        removed=tuple(removed),
        by_id={view.id: view for view in views},
    )


def notes(activity: Activity):
    """(the notes on top of their piles, those that were taken away). Six queries."""
    own = sources(activity)
    rows = Note.objects.filter(activity__in=own, late__in=["", "taken"])
    rows = list(rows.select_related("group", "participant").order_by("pk"))
    links = _links({"note__activity__in": own})
    hidden = set(Merge.objects.filter(note__activity__in=own).values_list("note_id", flat=True))
    zones = {zone.pk for zone in zones_in_use(activity)}
    views = [view_of(activity, row, zones, *links) for row in rows if row.pk not in hidden]
    return [v for v in views if not v.removed], [v for v in views if v.removed]


def _links(notes: dict) -> tuple:
    """What the notes of this filter are about, which initiatives they became, what lies under them: each {note id: [...]}"""
    about, initiatives, under = defaultdict(list), defaultdict(list), defaultdict(list)
    for link in NoteSubject.objects.filter(**notes).select_related("initiative"):
        about[link.note_id].append(link.initiative.title)
    for link in Origin.objects.filter(**notes, initiative__removed_at=None).select_related("initiative"):
        initiatives[link.note_id].append(link.initiative.title)
    into = {name.replace("note", "into", 1): value for name, value in notes.items()}
    for link in Merge.objects.filter(**into).select_related("note"):
        under[link.into_id].append(link.note)
    return about, initiatives, under


def _initiatives(activity: Activity) -> dict:
    found = defaultdict(list)
    rows = Initiative.objects.filter(cycle_id=activity.meeting.cycle_id, removed_at=None).order_by(
        "position", "pk"
    )
    counts = defaultdict(int)
    for origin in Origin.objects.filter(initiative__in=rows):
        counts[origin.initiative_id] += 1
    for row in rows:
        found[row.theme_id].append(
            {"id": row.pk, "title": row.title, "notes": counts[row.pk], "source": row.source}
        )
    return found


def listed(activity: Activity) -> list[tuple[str, list]]:
    """The list that was brought, grouped as it came: [(theme, [titles])]. Two queries."""
    found = defaultdict(list)
    rows = Initiative.objects.filter(
        cycle_id=activity.meeting.cycle_id, removed_at=None, source=Initiative.Source.LIST
    )
    for row in rows.select_related("theme").order_by("theme__position", "position"):
        found[row.theme.title if row.theme else ""].append(row.title)
    return list(found.items())
