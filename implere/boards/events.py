"""What the stream tells of a board, drawn for a surface: one note at a time, and counts."""

from django.template.loader import render_to_string

from implere import rooms
from implere.boards import queries
from implere.meetings.models import Activity
from implere.meetings.queries import current
from implere.meetings.stage import draw_undo, meeting_of


def _activity_of(event) -> Activity | None:
    """The open activity, where the event is about a note that lies on its board."""
    meeting = meeting_of(event)
    activity = current(meeting) if meeting else None
    if activity is None or activity.mechanism != "board":
        return None
    return activity


def draw_note(event, view: str, language: str) -> str:
    """A note came, moved, changed or went: taken out of where it was and put where it is, with the zones' counts."""
    activity = _activity_of(event)
    if activity is None:
        return ""
    counts = render_to_string("boards/count.html", facts_of_count(activity))
    if view == "desk":
        counts += draw_undo(meeting_of(event))
    if not queries.is_shown(activity):
        return counts
    counts += render_to_string("boards/zone_counts.html", {"zones": queries.zone_counts(activity)})
    note = queries.one_note(activity, event.payload["note"])
    gone = f'<li id="note-{event.payload["note"]}" data-gone></li>'
    if note is None:
        return gone + counts
    facts = {
        "activity": activity,
        "note": note,
        "surface": view,
        "zones": queries.themes(activity),
        "tools": view == "desk",
    }
    return gone + render_to_string("boards/note.html", facts) + counts


def facts_of_count(activity: Activity) -> dict:
    return {"activity": activity, "count": queries.count(activity)}


rooms.events["note"] = draw_note
