"""Notes that came when their activity had closed: kept away from the board until the facilitator takes them in or leaves them
out. Where the activity is anonymous they have neither a writer nor a group nor a time of their own."""

from implere.boards.commands.writing import clean, point_to, zone_in
from implere.boards.models import Note
from implere.live.commands import emit, write
from implere.meetings import reach
from implere.meetings.changes import change
from implere.meetings.commands import take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity

MOST = 500  # waiting on one board: more is no meeting's, and is told to its writer


def hand_in(activity: Activity, participant, text: str, *, zone_id=None, initiative_id=None) -> Note:
    """Keeps a late note for the facilitator. Refused where it would have been refused in time, and where it is not late."""
    with write():
        reach.refuse_closed(activity.meeting)
        activity.refresh_from_db()
        waiting = Note.objects.filter(activity=activity, late="waiting").count()
        if activity.closed_at is None or not activity.config.get("write") or waiting >= MOST:
            raise Refused("not_possible_now")
        if not activity.anonymous and not participant.name:
            raise Refused("missing_name")
        zone = zone_in(activity, zone_id)
        note = Note.objects.create(
            organisation_id=activity.organisation_id,
            activity=activity,
            zone=zone,
            text=clean(text),
            participant=None if activity.anonymous else participant,
            late="waiting",
            removed_at=activity.closed_at,  # the same for all of them
        )
        point_to(note, zone, initiative_id)
        emit(activity.meeting.channel, "late", audience="desk")
    return note


def take_in(activity: Activity, note_id, *, by=None) -> None:
    """The note lies on its board now, wherever that board's notes lie."""
    _decide(activity, note_id, "take_in", by, late="taken", removed_at=None)


def leave_out(activity: Activity, note_id, *, by=None) -> None:
    """The note stays away from the board; it is kept with the meeting."""
    _decide(activity, note_id, "leave_out", by, late="left_out")


def _decide(activity: Activity, note_id, verb: str, by, **fields) -> None:
    with write():
        reach.refuse_closed(activity.meeting)
        note = Note.objects.filter(activity=activity, pk=note_id, late="waiting").first()
        if note is None:
            raise Refused("note_gone")
        take_step(activity.meeting, verb, activity=activity, by=by, changes=[change(note, **fields)])
        emit(activity.meeting.channel, "stage")
