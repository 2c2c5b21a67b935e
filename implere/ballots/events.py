"""What the stream tells of a ballot before its reveal: how many have answered, never what."""

from django.template.loader import render_to_string

from implere import rooms
from implere.ballots import queries
from implere.meetings.queries import current
from implere.meetings.stage import meeting_of


def draw_answered(event, view: str, language: str) -> str:
    meeting = meeting_of(event)
    activity = current(meeting) if meeting else None
    if view == "phone" or activity is None or activity.mechanism == "board" or queries.is_revealed(activity):
        return ""
    facts = {"activity": activity, "progress": queries.progress(activity)}
    return render_to_string(f"ballots/{view}_progress.html", facts)


rooms.events["answered"] = draw_answered
