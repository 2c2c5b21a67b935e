"""What a board shows, and to whom."""

from implere.boards.queries.matrix import asks_for_initiative, column_title, matrix_entries, slot, zone_words
from implere.boards.queries.one import one_note
from implere.boards.queries.people import dealt, groups_notes, own_notes, own_view
from implere.boards.queries.sides import released, side_by_side
from implere.boards.queries.state import (
    count,
    is_shown,
    may_be_kept,
    open_board,
    sources,
    themes,
    zone_counts,
    zones_in_use,
)
from implere.boards.queries.views import (
    Board,
    NoteView,
    RowView,
    ZoneView,
    list_id,
    row_views,
    view_of,
    zone_view,
)
from implere.boards.queries.whole import board, listed

__all__ = [
    "Board",
    "NoteView",
    "RowView",
    "ZoneView",
    "asks_for_initiative",
    "board",
    "column_title",
    "count",
    "dealt",
    "groups_notes",
    "is_shown",
    "list_id",
    "listed",
    "matrix_entries",
    "may_be_kept",
    "one_note",
    "open_board",
    "own_view",
    "own_notes",
    "released",
    "row_views",
    "side_by_side",
    "slot",
    "sources",
    "themes",
    "view_of",
    "zone_counts",
    "zone_view",
    "zone_words",
    "zones_in_use",
]
