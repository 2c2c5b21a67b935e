"""What a board shows. A fixed number of queries, however many notes. Notes are ordered by their random keys, so that nothing
tells who wrote when."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Coalesce

from implere.boards.models import Merge, Note, NoteSubject, Origin, Showing, Zone
from implere.initiatives.models import Initiative
from implere.live.prepared import FIRST, Prepared
from implere.meetings import anonymity
from implere.meetings.models import Activity, Meeting
from implere.method import reader


@dataclass(frozen=True)
class NoteView:
    """A note as a board shows it. `under` are the texts of those that were merged into it."""

    id: object
    text: str
    version: int
    zone_id: object
    into: str  # the id of the list that holds it, in the page
    under: tuple = ()
    about: tuple = ()
    became: tuple = ()
    struck: bool = False
    removed: bool = False
    by_hand: bool = False
    group: int | None = None
    name: str = ""
    source: str = ""  # leaders or employees, where both are shown

    @property
    def zone_text(self) -> str:
        return str(self.zone_id or "")

    @property
    def more(self) -> int:
        return len(self.under)


@dataclass(frozen=True)
class ZoneView:
    """A zone with its notes; `id` is None for those that lie in none. `approach` is the colour slot of its row."""

    id: object
    title: str
    list_id: str
    notes: tuple
    initiatives: tuple = ()
    row: str = ""
    column: str = ""
    approach: int = 0
    theme_id: object = None
    asks_for_initiative: bool = False

    @property
    def count(self) -> int:
        return sum(1 + note.more for note in self.notes)


@dataclass(frozen=True)
class RowView:
    """A row of a matrix board: an approach or a phase."""

    code: str
    title: str
    approach: int
    zones: tuple
    groups: tuple = ()


@dataclass(frozen=True)
class Board:
    zones: tuple
    rows: tuple = ()
    shown: bool = False
    count: int = 0
    removed: tuple = ()
    by_id: dict = field(default_factory=dict)


def list_id(activity: Activity, zone_id) -> str:
    return f"notes-{zone_id or activity.pk}"


def sources(activity: Activity) -> list:
    """The ids of the activities whose notes lie on this board: its own, and those it works on."""
    kinds = activity.config.get("notes_from", [])
    earlier = Activity.objects.filter(meeting_id=activity.meeting_id, kind__in=kinds).values_list(
        "pk", flat=True
    )
    return [activity.pk, *earlier] if kinds else [activity.pk]


_open = Prepared(
    lambda meeting: Activity.objects.filter(
        meeting=meeting, mechanism="board", opened_at__isnull=False, closed_at=None
    ).order_by(),
    FIRST,
)
_shown = Prepared(lambda activity: Showing.objects.filter(activity=activity).values_list("pk"), FIRST)


def open_board(meeting_id) -> Activity | None:
    """The meeting's open activity, where that is a board."""
    return _open.one(meeting_id)


def is_shown(activity: Activity) -> bool:
    """Whether the room may see the notes: the facilitator has shown them, or the board works on notes that were shown."""
    return bool(activity.config.get("notes_from")) or _shown.one(activity.pk) is not None


def may_be_kept(activity: Activity) -> bool:
    """Whether the notes may stand in a file: once they were shown, or when the meeting is over, so that nothing is lost."""
    return is_shown(activity) or activity.meeting.closed_at is not None


_count = Prepared(
    lambda pk: Note.objects.filter(activity=pk, removed_at=None)
    .values_list("activity").annotate(Count("pk")).values_list("pk__count").order_by(),
    FIRST,
)  # fmt: skip


def count(activity: Activity) -> int:
    """How many notes lie on the board."""
    if not activity.config.get("notes_from"):
        return (_count.one(activity.pk) or (0,))[0]
    return Note.objects.filter(activity__in=sources(activity), removed_at=None).count()


def board(activity: Activity) -> Board:
    """The whole board. Nine queries at most."""
    views, removed = _notes(activity)
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


def groups_notes(activity: Activity, participant) -> list[NoteView]:
    """The notes that the participant's small group may put together: its own, on top of their piles, once all are shown."""
    if participant is None or not activity.config.get("groups_merge") or not is_shown(activity):
        return []
    group = participant.group.number if participant.group else None
    return [note for note in _notes(activity)[0] if note.group == group and not note.by_hand]


_on_top = Prepared(lambda pk: Note.objects.filter(pk=pk, removed_at=None, merge=None).order_by(), FIRST)
_about = Prepared(lambda pk: NoteSubject.objects.filter(note=pk).values_list("initiative__title"), FIRST)
_became = Prepared(
    lambda pk: Origin.objects.filter(note=pk, initiative__removed_at=None).values_list("initiative__title"),
    FIRST,
)
_under = Prepared(lambda pk: Note.objects.filter(merge__into=pk).order_by(), FIRST)


def one_note(activity: Activity, note_id, zones=None) -> NoteView | None:
    """One note of the board, wherever it lies; None if it is gone or lies under another. Its cost does not grow. `zones` as
    from zones_in_use."""
    row = _on_top.one(UUID(str(note_id)))
    if row is None or row.activity_id not in sources(activity):
        return None
    links = (_about, _became)
    about, became = ({row.pk: [title for (title,) in link.all(row.pk)]} for link in links)
    zones = zones_in_use(activity) if zones is None else zones
    return view_of(activity, row, {zone.pk for zone in zones}, about, became, {row.pk: _under.all(row.pk)})


def _notes(activity: Activity):
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


def zones_in_use(activity: Activity) -> list[Zone]:
    """The board's zones with their themes, in order. One query; a board of one field has none."""
    if activity.config.get("zones") == "one":
        return []
    return list(Zone.objects.filter(activity=activity, removed_at=None).select_related("theme"))


def view_of(activity, row, zones, about, became, under) -> NoteView:
    zone_id = row.zone_id if row.zone_id in zones else None
    return NoteView(
        id=row.pk,
        text=row.text,
        version=row.version,
        zone_id=zone_id,
        into=list_id(activity, zone_id),
        under=tuple(sorted((n for n in under[row.pk]), key=lambda n: n.pk)),
        about=tuple(sorted(about[row.pk])),
        became=tuple(sorted(became[row.pk])),
        struck=row.struck,
        removed=row.removed_at is not None,
        by_hand=row.by_hand,
        group=row.group.number if row.group else None,
        name=row.participant.name if row.participant else "",
    )


def zone_view(activity, zone, notes, initiatives, method) -> ZoneView:
    return ZoneView(
        id=zone.pk,
        title=zone.theme.title if zone.theme else column_title(activity, zone.column, method),
        list_id=list_id(activity, zone.pk),
        notes=tuple(notes),
        initiatives=tuple(initiatives.get(zone.theme_id, ())),
        row=zone.row,
        column=zone.column,
        approach=slot(activity, zone.row, method),
        theme_id=zone.theme_id,
        asks_for_initiative=asks_for_initiative(activity, zone.column, method),
    )


def matrix_entries(activity: Activity, side: str, method=None) -> list[tuple[str, str]]:
    """(id, words) of the board's rows or columns, by its settings."""
    method = method or reader.load()
    name = activity.config["zones"][side]
    return [(entry.id, str(getattr(entry, "name", None) or entry.text)) for entry in getattr(method, name)]


def column_title(activity, code: str, method) -> str:
    if not isinstance(activity.config.get("zones"), dict):
        return ""
    return dict(matrix_entries(activity, "columns", method)).get(code, code)


def asks_for_initiative(activity, code: str, method=None) -> bool:
    """Whether a note in this column must point to an initiative."""
    method = method or reader.load()
    if not isinstance(activity.config.get("zones"), dict):
        return False
    entries = getattr(method, activity.config["zones"]["columns"])
    return any(e.id == code and getattr(e, "asks_for_initiative", False) for e in entries)


def slot(activity, code: str, method) -> int:
    """The colour slot of a row that is an approach; 0 for any other."""
    found = method.approach(code) if code else None
    return found.colour if found else 0


def row_views(activity, zones, method) -> tuple:
    groups = defaultdict(list)
    for deal in activity.deals.select_related("group"):
        groups[deal.code].append(deal.group.number)
    return tuple(
        RowView(
            code,
            title,
            slot(activity, code, method),
            tuple(z for z in zones if z.row == code),
            tuple(groups[code]),
        )
        for code, title in matrix_entries(activity, "rows", method)
    )


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


def own_notes(activity: Activity, participant) -> list[NoteView]:
    """The notes that this participant has written on the board and may still change."""
    if participant is None:
        return []
    wrote = anonymity.authorship(activity, participant, activity.pk)
    if not any(wrote.values()):
        return []
    mine = Note.objects.filter(activity=activity, removed_at=None, **wrote)
    return [own_view(row) for row in mine.select_related("zone__theme", "activity").order_by("pk")]


def own_view(row: Note) -> NoteView:
    """A note as its writer sees it: where it lies stands with it."""
    about = (zone_words(row.activity, row.zone),) if row.zone else ()
    return NoteView(
        row.pk,
        row.text,
        row.version,
        row.zone_id,
        list_id(row.activity, row.zone_id),
        struck=row.struck,
        about=about,
    )


def zone_words(activity: Activity, zone: Zone) -> str:
    """Where a cell of a matrix is, in words."""
    if not isinstance(activity.config.get("zones"), dict):
        return zone.theme.title if zone.theme else ""
    rows, columns = dict(matrix_entries(activity, "rows")), dict(matrix_entries(activity, "columns"))
    return f"{rows.get(zone.row, '')} · {columns.get(zone.column, '')}"


def dealt(activity: Activity, participant) -> list[NoteView]:
    """The notes that this participant's small group was dealt on the board; all of them where there are no groups."""
    views, _removed = _notes(activity)
    if participant is None or participant.group_id is None:
        return views if participant is not None else []
    mine = set(
        Note.objects.filter(activity__in=sources(activity), dealt_to=participant.group_id).values_list(
            "pk", flat=True
        )
    )
    return [view for view in views if view.id in mine]


def zone_counts(activity: Activity, zones: list[Zone]) -> list[tuple[str, int]]:
    """(the zone's list in the page, how many notes lie in it, those under others among them). One query."""
    if not zones:
        return [(list_id(activity, None), count(activity))]
    rows = Note.objects.filter(activity__in=sources(activity), removed_at=None)
    lies = rows.values_list(Coalesce("merge__into__zone_id", "zone_id")).annotate(Count("pk")).order_by()
    counts = Counter(dict(lies))
    found = [(list_id(activity, zone.pk), counts.pop(zone.pk, 0)) for zone in zones]
    if isinstance(activity.config.get("zones"), dict):
        return found
    return [*found, (list_id(activity, None), counts.total())]


def themes(zones: list[Zone]) -> list[tuple[str, str]]:
    """(zone id, title) of the zones that are themes."""
    return [(str(zone.pk), zone.theme.title) for zone in zones if zone.theme]


def released(meeting: Meeting) -> list[Meeting]:
    """The other meetings of the cycle whose group has released its picture."""
    return list(
        Meeting.objects.filter(cycle_id=meeting.cycle_id, release__isnull=False)
        .exclude(pk=meeting.pk)
        .select_related("release")
    )


def side_by_side(meeting: Meeting) -> dict:
    """Leaders' and employees' themes: what both named, what only one did. {"both", "ours", "theirs"}: [(title, the employees'
    words, where their group released them)]. Four queries."""
    others = released(meeting)
    ours, theirs = _themes_with_notes([meeting.pk]), _themes_with_notes([m.pk for m in others])
    words = _themes_with_notes([m.pk for m in others if m.release.words])
    sides = {
        "both": ours.keys() & theirs.keys(),
        "ours": ours.keys() - theirs.keys(),
        "theirs": theirs.keys() - ours.keys(),
    }
    return {
        side: [(title, words.get(title, [])) for title in sorted(titles)] for side, titles in sides.items()
    }


def _themes_with_notes(meeting_ids: list) -> dict[str, list[str]]:
    """{a theme's title: the notes in it}, of these meetings."""
    rows = Note.objects.filter(
        zone__activity__meeting__in=meeting_ids,
        zone__theme__isnull=False,
        zone__removed_at=None,
        removed_at=None,
    )
    found = defaultdict(list)
    for title, text in rows.order_by("pk").values_list("zone__theme__title", "text"):
        found[title].append(text)
    return found
