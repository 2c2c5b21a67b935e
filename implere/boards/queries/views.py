"""What a board shows, as data."""

from collections import defaultdict
from dataclasses import dataclass, field

from implere.boards.queries.matrix import asks_for_initiative, column_title, matrix_entries, slot
from implere.meetings.models import Activity


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
