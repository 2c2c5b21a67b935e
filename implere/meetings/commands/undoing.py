"""Steps: what the facilitator did, and taking the last of it back."""

from django.db import transaction
from django.utils import timezone

from implere import rooms
from implere.live.commands import emit, write
from implere.meetings.errors import Refused
from implere.meetings.models import Meeting, Step


def take_step(meeting: Meeting, verb: str, *, activity=None, by=None, **facts) -> Step:
    """Remembers a step with the facts that its inverse needs. Called inside the command's own transaction."""
    return Step.objects.create(
        organisation_id=meeting.organisation_id,
        meeting=meeting,
        activity=activity,
        verb=verb,
        facts=facts,
        by=by,
    )


def inverse_of(step: Step):
    """The function that takes the step back, or None if it can't be."""
    if step.activity and (found := rooms.mechanism_of(step.activity).inverse.get(step.verb)):
        return found
    return rooms.inverses.get(step.verb)


def last_step(meeting: Meeting) -> Step | None:
    """The step that undo would take back now."""
    if meeting.closed_at:
        return None
    return meeting.steps.filter(undone_at=None).select_related("activity").first()


def undo(meeting: Meeting, *, step_id=None) -> Step:
    """Takes the last step back, as a command of its own. `step_id` is what the facilitator saw: if something was done in
    the meantime, nothing is undone."""
    with write():
        step = last_step(meeting)
        if step is None:
            raise Refused("nothing_to_undo")
        if step_id and str(step.pk) != str(step_id):
            raise Refused("another_is_first")
        take_back = inverse_of(step)
        if take_back is None:
            raise Refused("nothing_to_undo")
        with transaction.atomic():
            take_back(step)
        Step.objects.filter(pk=step.pk).update(undone_at=timezone.now())
        emit(meeting.channel, "stage")
    return step
