"""What the stream tells of a ballot before its reveal: how many have answered, never what."""

from implere import rooms
from implere.meetings.queries import current
from implere.meetings.stage import meeting_of
from implere.rooms import Viewer


def draw_answered(event, view: str, language: str) -> str:
    meeting = meeting_of(event)
    activity = current(meeting) if meeting else None
    return rooms.mechanism_of(activity).progress(activity, Viewer(view)) if activity else ""


rooms.events["answered"] = draw_answered
