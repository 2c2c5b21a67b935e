"""Running a meeting: opening and closing it and its activities, what the screen shows, the timer."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from implere import rooms
from implere.live.commands import emit, write
from implere.meetings import anonymity
from implere.meetings.commands.undoing import take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Meeting, Subject
from implere.meetings.subjects import make_subjects


def open_meeting(meeting: Meeting, *, by=None) -> None:
    """Opens the meeting, so that people can join. Harmless when repeated; a closed meeting stays closed."""
    with write():
        meeting.refresh_from_db()
        if meeting.closed_at:
            raise Refused("meeting_closed")
        if meeting.opened_at is None:
            meeting.opened_at = timezone.now()
            meeting.save(update_fields=["opened_at"])
            emit(meeting.channel, "stage")


def close_meeting(meeting: Meeting, *, by=None) -> None:
    """Closes the meeting for good: its open activity first, then all that could tell who wrote what."""
    with write(meeting.channel):
        meeting.refresh_from_db()
        if meeting.closed_at:
            return
        for activity in meeting.activities.filter(opened_at__isnull=False, closed_at=None):
            _close(activity)
        meeting.opened_at = meeting.opened_at or timezone.now()
        meeting.closed_at = timezone.now()
        meeting.save(update_fields=["opened_at", "closed_at"])
        emit(meeting.channel, "stage")
        for run in rooms.meeting_closed:
            run(meeting)


def open_activity(activity: Activity, *, by=None) -> None:
    """Opens an activity, and closes the one that was open. Opening a closed one again is reopening it: a new key, and
    the timer as it was left."""
    with write():
        meeting = Meeting.objects.get(pk=activity.meeting_id)
        if meeting.closed_at:
            raise Refused("meeting_closed")
        if meeting.opened_at is None:
            open_meeting(meeting, by=by)
        activity.refresh_from_db()
        if activity.is_open:
            return
        before = meeting.activities.filter(opened_at__isnull=False, closed_at=None).first()
        if before:
            _close(before)
        take_step(
            meeting, "open_activity", activity=activity, by=by, before=str(before.pk) if before else None
        )
        _open(activity)
        emit(meeting.channel, "stage")


def close_activity(activity: Activity, *, by=None) -> None:
    """Closes an activity. The ties from people to what they wrote in it go, if it is anonymous."""
    with write():
        activity.refresh_from_db()
        if not activity.is_open:
            return
        _close(activity)
        take_step(activity.meeting, "close_activity", activity=activity, by=by)
        emit(activity.meeting.channel, "stage")


def _open(activity: Activity) -> None:
    now = timezone.now()
    left = activity.minutes * 60 - activity.seconds_used
    activity.opened_at = now
    activity.closed_at = None
    activity.seconds_left = None
    activity.ends_at = now + timedelta(seconds=max(left, 60))
    activity.save(update_fields=["opened_at", "closed_at", "seconds_left", "ends_at"])
    anonymity.make_key(activity)
    make_subjects(activity)
    rooms.mechanism_of(activity).opened(activity)


def _close(activity: Activity) -> None:
    now = timezone.now()
    activity.seconds_used = F("seconds_used") + int((now - activity.opened_at).total_seconds())
    activity.closed_at = now
    activity.save(update_fields=["seconds_used", "closed_at"])
    activity.refresh_from_db()
    anonymity.drop_key(activity)
    rooms.mechanism_of(activity).closed(activity)


def undo_open(step) -> None:
    """The inverse of opening: closes it, and opens the one before again. Keys are made and dropped as ever: what had lost its
    writer when it closed is owned by nobody."""
    if step.activity.is_open:
        _close(step.activity)
    if step.facts["before"] and (before := Activity.objects.filter(pk=step.facts["before"]).first()):
        _open(before)


def undo_close(step) -> None:
    """The inverse of closing, and opening done again: opens it, and closes what is open."""
    for other in step.meeting.activities.filter(opened_at__isnull=False, closed_at=None):
        _close(other)
    _open(step.activity)


def redo_close(step) -> None:
    if step.activity.is_open:
        _close(step.activity)


rooms.pairs |= {
    "open_activity": rooms.Pair(undo=undo_open, redo=undo_close),
    "close_activity": rooms.Pair(undo=undo_close, redo=redo_close),
}


def focus(activity: Activity, *, view: str = "", subject: Subject | None = None) -> None:
    """Puts a named view or one subject of the activity on the screen; neither: the activity's own picture."""
    with write():
        activity.screen_view = view
        activity.focus = subject
        activity.save(update_fields=["screen_view", "focus"])
        emit(activity.meeting.channel, "stage")


def add_minutes(activity: Activity, minutes: int) -> None:
    """More time (or less): the timer informs and never cuts off."""
    with write():
        activity.refresh_from_db()
        if activity.seconds_left is not None:
            activity.seconds_left = max(0, activity.seconds_left + minutes * 60)
        elif activity.ends_at:
            activity.ends_at = max(activity.ends_at, timezone.now()) + timedelta(minutes=minutes)
        activity.save(update_fields=["seconds_left", "ends_at"])
        emit(activity.meeting.channel, "stage")


def pause_timer(activity: Activity) -> None:
    with write():
        activity.refresh_from_db()
        if activity.is_open and activity.seconds_left is None:
            activity.seconds_left = max(0, int((activity.ends_at - timezone.now()).total_seconds()))
            activity.save(update_fields=["seconds_left"])
            emit(activity.meeting.channel, "stage")


def resume_timer(activity: Activity) -> None:
    with write():
        activity.refresh_from_db()
        if activity.is_open and activity.seconds_left is not None:
            activity.ends_at = timezone.now() + timedelta(seconds=activity.seconds_left)
            activity.seconds_left = None
            activity.save(update_fields=["seconds_left", "ends_at"])
            emit(activity.meeting.channel, "stage")
