"""Every change to a meeting, its agenda, its people."""

from implere.meetings.commands.agenda import (
    add_activity,
    copy_meeting,
    make_meeting,
    move_activity,
    name_facilitator,
    release,
    remove_activity,
    reword_activity,
)
from implere.meetings.commands.joining import choose_group, deal_groups, join, name_participant, note_presence
from implere.meetings.commands.running import (
    add_minutes,
    close_activity,
    close_meeting,
    focus,
    open_activity,
    open_meeting,
    pause_timer,
    resume_timer,
)
from implere.meetings.commands.undoing import redo, take_step, undo

__all__ = [
    "add_activity",
    "add_minutes",
    "choose_group",
    "close_activity",
    "close_meeting",
    "copy_meeting",
    "deal_groups",
    "focus",
    "join",
    "make_meeting",
    "move_activity",
    "name_facilitator",
    "name_participant",
    "note_presence",
    "open_activity",
    "open_meeting",
    "pause_timer",
    "redo",
    "release",
    "remove_activity",
    "resume_timer",
    "reword_activity",
    "take_step",
    "undo",
]
