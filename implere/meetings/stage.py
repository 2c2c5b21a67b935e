"""Drawing the three screens. A page and the stream draw the same regions with the same templates, so that page + stream =
fresh page. A region is one element with an id; nothing in it depends on who looks, but for what is marked `data-private`."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from implere import rooms
from implere.meetings import queries, reach
from implere.meetings.commands.undoing import last_step, next_step
from implere.meetings.models import Meeting
from implere.rooms import Viewer
from implere.rules import agenda as minutes
from implere.rules.dealing import suggested_groups

REGIONS = {
    "phone": ("stage", "presence"),
    "screen": ("stage", "presence"),
    "desk": ("agenda", "stage", "room"),
}


def draw(meeting: Meeting, viewer: Viewer, *, activity=None) -> dict[str, str]:
    """The regions of one surface: {element id: HTML}. `activity` draws another than the current one (looking)."""
    facts = frame(meeting, viewer, activity=activity)
    return {
        region: render_to_string(f"meetings/{viewer.surface}/{region}.html", facts)
        for region in REGIONS[viewer.surface]
    }


def frame(meeting: Meeting, viewer: Viewer, *, activity=None) -> dict:
    """What the regions' templates read."""
    looking = activity is not None
    activity = activity or queries.current(meeting)
    facts = {
        "meeting": meeting,
        "viewer": viewer,
        "activity": activity,
        "looking": looking,
        "presence": queries.presence(meeting),
        "screen_key": reach.screen_key(meeting),
        "address": _address(),
    }
    if activity:
        facts |= {
            "words": queries.words(activity),
            "clock": queries.clock(activity),
            "panel": draw_panel(activity, viewer),
            "has_history": any(each.suits(activity) for each in rooms.histories),
        }
    if viewer.surface == "desk":
        items = queries.agenda(meeting)
        total = minutes.compare(
            [(item.minutes, item.used, item.fill == 100) for item in items], meeting.planned_minutes
        )
        shorter = minutes.shorten([(i.id, i.minutes) for i in items if i.fill == 0], total.too_long)
        facts |= {
            "agenda": items,
            "sum": total,
            "shorter": [(item.title, shorter[item.id]) for item in items if item.id in shorter],
            "next": _next(items),
            "undo": last_step(meeting),
            "redo": next_step(meeting),
            "regions": [drawn for draw in rooms.desk_regions if (drawn := draw(meeting))],
            "groups": list(meeting.groups.all()),
            "suggested": suggested_groups(facts["presence"].joined),
        }
    return facts


def _address() -> str:
    """Where one goes to join with a code, as it is said aloud; "" where the installation has no address of its own."""
    return settings.BASE_ADDRESS.split("://")[-1]


def draw_panel(activity, viewer: Viewer) -> str:
    """The activity's own picture, or the view that the facilitator has put on the screen."""
    if viewer.surface == "screen" and activity.screen_view in rooms.screens:
        return rooms.screens[activity.screen_view](activity, viewer)
    own = rooms.mechanism_of(activity).panel(activity, viewer)
    above, below = (rooms.draw_all(draws, activity, viewer) for draws in (rooms.above, rooms.below))
    return mark_safe(above + own + below)


def draw_undo(meeting: Meeting) -> str:
    """What undo would take back now, and what redo would do again: a region of its own, since light events change it too."""
    facts = {"meeting": meeting, "undo": last_step(meeting), "redo": next_step(meeting)}
    return render_to_string("meetings/desk/undo.html", facts)


def _next(items):
    """The first item after the open one (or the first not used), which the desk offers to open."""
    after = False
    for item in items:
        if after or (not any(i.is_open for i in items) and item.fill == 0):
            return item
        after = after or item.is_open
    return None


def meeting_of(event) -> Meeting | None:
    """The meeting that an event of the log belongs to."""
    return (
        Meeting.objects.filter(pk=event.channel.name.removeprefix("meeting/"))
        .select_related("organisation", "cycle")
        .first()
    )


def draw_stage_event(event, view: str, language: str) -> str:
    meeting = meeting_of(event)
    return "".join(draw(meeting, Viewer(view)).values()) if meeting else ""


def draw_presence_event(event, view: str, language: str) -> str:
    meeting = meeting_of(event)
    if meeting is None:
        return ""
    if view == "desk":
        return draw(meeting, Viewer(view))["room"]
    facts = {"meeting": meeting, "presence": queries.presence(meeting), "address": _address()}
    return render_to_string(f"meetings/{view}/presence.html", facts)


rooms.events |= {"stage": draw_stage_event, "presence": draw_presence_event}
