"""A board as it was after an earlier step: today's rows in memory, with the steps since then taken back. Writing is never
replayed: every note stands there from the beginning, in its words of now, and nothing says who wrote it."""

from collections import Counter, defaultdict

from django.template.loader import render_to_string

from implere.boards import queries
from implere.boards.models import Merge, Note, NoteSubject, Origin, Showing, Zone
from implere.initiatives.models import Initiative, Theme
from implere.meetings.changes import Past
from implere.meetings.models import Activity
from implere.method import reader
from implere.rooms import History


def suits(activity: Activity) -> bool:
    return activity.mechanism == "board"


def read(activity: Activity) -> Past | None:
    """The rows of the board as they are now; None while its notes are hidden. Eight queries."""
    if not queries.is_shown(activity):
        return None
    own = queries.sources(activity)
    notes = list(Note.objects.filter(activity__in=own))
    for note in notes:
        note.group = note.participant = None
    zones = list(Zone.objects.filter(activity=activity).select_related("theme"))
    return Past(
        notes,
        zones,
        [zone.theme for zone in zones if zone.theme],
        Merge.objects.filter(note__activity__in=own),
        Initiative.objects.filter(cycle_id=activity.meeting.cycle_id),
        Origin.objects.filter(initiative__cycle_id=activity.meeting.cycle_id),
        NoteSubject.objects.filter(note__activity__in=own),
        Showing.objects.filter(activity=activity),
    )


def shows(activity: Activity, past: Past) -> bool:
    return bool(activity.config.get("notes_from") or past.of(Showing))


def board_then(activity: Activity, past: Past) -> queries.Board:
    """The board that these rows make, as `queries.board` has it, but for names and groups."""
    themes = {theme.pk: theme for theme in past.of(Theme)}
    zones = [zone for zone in past.of(Zone) if zone.removed_at is None]
    for zone in zones:
        zone.theme = themes.get(zone.theme_id)
    zones.sort(key=lambda zone: (zone.position, zone.pk))
    known = {zone.pk for zone in zones}
    notes = {note.pk: note for note in past.of(Note)}
    under, merged = defaultdict(list), set()
    for merge in past.of(Merge):
        if merge.note_id in notes:
            under[merge.into_id].append(notes[merge.note_id])
            merged.add(merge.note_id)
    links = (*_links(past), under)
    views = [
        queries.view_of(activity, note, known, *links)
        for pk, note in sorted(notes.items())
        if pk not in merged and note.removed_at is None
    ]
    return _board(activity, past, zones, views)


def _links(past: Past) -> tuple:
    """{note: what it is about}, {note: which initiatives it became}."""
    initiatives = {row.pk: row for row in past.of(Initiative)}
    about, became = defaultdict(list), defaultdict(list)
    for link in past.of(NoteSubject):
        about[link.note_id].append(initiatives[link.initiative_id].title)
    for link in past.of(Origin):
        if initiatives[link.initiative_id].removed_at is None:
            became[link.note_id].append(initiatives[link.initiative_id].title)
    return about, became


def _board(activity: Activity, past: Past, zones: list, views: list) -> queries.Board:
    by_zone, initiatives = defaultdict(list), {}
    for view in views:
        by_zone[view.zone_id].append(view)
    if activity.config.get("zones") == "themes":
        initiatives = _initiatives(past)
    method, matrix = reader.load(), isinstance(activity.config.get("zones"), dict)
    drawn = [queries.zone_view(activity, zone, by_zone[zone.pk], initiatives, method) for zone in zones]
    if not matrix:
        loose = (tuple(by_zone[None]), tuple(initiatives.get(None, ())))
        drawn.insert(0, queries.ZoneView(None, "", queries.list_id(activity, None), *loose))
    return queries.Board(
        zones=tuple(drawn),
        rows=queries.row_views(activity, drawn, method) if matrix else (),
        shown=True,
        count=sum(1 + view.more for view in views),
        by_id={view.id: view for view in views},
    )


def _initiatives(past: Past) -> dict:
    counts, found = Counter(origin.initiative_id for origin in past.of(Origin)), defaultdict(list)
    for row in sorted(past.of(Initiative), key=lambda row: (row.position, row.pk)):
        if row.removed_at is None:
            facts = {"id": row.pk, "title": row.title, "notes": counts[row.pk], "source": row.source}
            found[row.theme_id].append(facts)
    return found


def draw(activity: Activity, past: Past) -> str:
    board = board_then(activity, past)
    facts = {
        "activity": activity,
        "board": board,
        "count": board.count,
        "matrix": bool(board.rows),
        "zones": [zone for zone in board.zones if zone.theme_id],
    }
    return render_to_string("boards/history.html", facts)


HISTORY = History(suits=suits, read=read, draw=draw, shows=shows)
