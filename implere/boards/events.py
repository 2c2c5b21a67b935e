"""What the stream tells of a board, drawn for a surface: one note at a time, and counts."""

from uuid import UUID

from django.template.loader import render_to_string

from implere import rooms
from implere.boards import queries
from implere.meetings.models import Activity
from implere.meetings.stage import draw_undo


def draw_note(event, view: str, language: str) -> str:
    """A note came, moved, changed or went: taken out of where it was and put where it is, with the zones' counts."""
    facts = _facts_of(event)
    if not facts:
        return ""
    drawn = render_to_string("boards/count.html", facts)
    if view == "desk":
        drawn += draw_undo(facts["activity"].meeting)
    if not facts["shown"]:
        return drawn
    gone = f'<li id="note-{event.payload["note"]}" data-gone></li>'
    if facts["note"] is not None:
        gone += render_to_string("boards/note.html", facts | {"surface": view, "tools": view == "desk"})
    return gone + drawn + render_to_string("boards/zone_counts.html", {"zones": facts["zone_counts"]})


def _facts_of(event) -> dict:
    """What an event's drawings for all views and languages are made of, read once; {} where its board is not open now."""
    if not hasattr(event, "facts"):
        board = queries.open_board(UUID(event.channel.name.removeprefix("meeting/")))
        event.facts = _read(board, event.payload["note"]) if board else {}
    return event.facts


def _read(activity: Activity, note_id) -> dict:
    shown = queries.is_shown(activity)
    facts = {"activity": activity, "shown": shown}
    if not shown:
        return facts | {"count": queries.count(activity)}
    zones = queries.zones_in_use(activity)
    counts = queries.zone_counts(activity, zones)
    return facts | {
        "note": queries.one_note(activity, note_id, zones),
        "zones": queries.themes(zones),
        "zone_counts": counts,
        "count": sum(count for _list_id, count in counts),
    }


rooms.events["note"] = draw_note
