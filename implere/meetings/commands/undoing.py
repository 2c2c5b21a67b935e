"""Steps: what the facilitator did, taking the last of it back, and doing it again (docs/decisions/0008)."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from implere import rooms
from implere.live.commands import emit, write
from implere.meetings.changes import turn
from implere.meetings.errors import Refused
from implere.meetings.models import Meeting, Step


def take_step(meeting: Meeting, verb: str, *, activity=None, by=None, changes=(), **facts) -> Step:
    """Remembers a step: the rows that it changed, and the facts that its words and its pair need. Called inside the command's
    own transaction. What had been taken back can't be done again after something new."""
    meeting.steps.filter(undone_at__isnull=False).delete()
    last = meeting.steps.aggregate(last=Max("number"))["last"] or 0
    return Step.objects.create(
        organisation_id=meeting.organisation_id,
        meeting=meeting,
        activity=activity,
        number=last + 1,
        verb=verb,
        facts=facts,
        changes=list(changes),
        by=by,
    )


def last_step(meeting: Meeting) -> Step | None:
    """The step that undo would take back now."""
    if meeting.closed_at:
        return None
    return meeting.steps.filter(undone_at=None).select_related("activity").first()


def next_step(meeting: Meeting) -> Step | None:
    """The step that redo would do again now."""
    if meeting.closed_at:
        return None
    undone = meeting.steps.filter(undone_at__isnull=False)
    return undone.order_by("number").select_related("activity").first()


def undo(meeting: Meeting, *, step_id=None) -> Step:
    """Takes the last step back, as a command of its own. `step_id` is what the facilitator saw: if something was done in
    the meantime, nothing is undone."""
    with write():
        return _turn(meeting, last_step(meeting), step_id, back=True)


def redo(meeting: Meeting, *, step_id=None) -> Step:
    """Does the step again that was taken back last. `step_id` as for undo."""
    with write():
        return _turn(meeting, next_step(meeting), step_id, back=False)


def _turn(meeting: Meeting, step: Step | None, step_id, *, back: bool) -> Step:
    if step_id and (step is None or str(step.pk) != str(step_id)):
        raise Refused("another_is_first")
    if step is None:
        raise Refused("nothing_to_undo" if back else "nothing_to_redo")
    pair = rooms.pairs.get(step.verb, rooms.Pair())
    try:
        with transaction.atomic():
            (pair.check_undo if back else pair.check_redo)(step)
            turn(step.changes, back=back)
            (pair.undo if back else pair.redo)(step)
    except IntegrityError:
        raise Refused("another_is_first") from None
    Step.objects.filter(pk=step.pk).update(undone_at=timezone.now() if back else None)
    emit(meeting.channel, "stage")
    return step
