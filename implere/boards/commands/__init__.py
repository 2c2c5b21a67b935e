"""Every change to a board."""

from implere.boards.commands.facilitating import (
    deal_notes,
    deal_rows,
    hide_notes,
    show_notes,
    strike_note,
    take_away,
    type_in,
)
from implere.boards.commands.grouping import (
    make_initiative,
    merge,
    merge_all,
    merge_in_group,
    move_note,
    name_theme,
    part,
    remove_theme,
    rename_theme,
)
from implere.boards.commands.late import hand_in, leave_out, take_in
from implere.boards.commands.writing import place_note, remove_note, reword_note

__all__ = [
    "deal_notes",
    "deal_rows",
    "hand_in",
    "hide_notes",
    "leave_out",
    "make_initiative",
    "merge",
    "merge_all",
    "merge_in_group",
    "move_note",
    "name_theme",
    "part",
    "place_note",
    "remove_note",
    "remove_theme",
    "rename_theme",
    "reword_note",
    "show_notes",
    "strike_note",
    "take_away",
    "take_in",
    "type_in",
]
