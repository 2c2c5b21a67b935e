"""Preparing: making a meeting from a template or an earlier one, and editing its agenda."""

from django.db.models import Max

from implere.live.commands import emit, write
from implere.meetings import reach
from implere.meetings.changes import change, make
from implere.meetings.commands.undoing import take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Facilitation, Meeting, Release
from implere.method import reader
from implere.rules import codes

COPIED = ("kind", "mechanism", "step", "title", "question", "hint", "say", "minutes", "anonymous", "config")


def make_meeting(cycle, *, by, title, audience="leaders", template="", unit=None, planned_at=None) -> Meeting:
    """A meeting with a template's agenda (or none), run by `by`."""
    found = reader.load().templates.get(template)
    with write():
        meeting = Meeting.objects.create(
            organisation_id=cycle.organisation_id,
            cycle=cycle,
            title=title,
            audience=audience,
            template=template,
            unit=unit,
            planned_at=planned_at,
            planned_minutes=found.duration if found else 60,
            code=unused_code(),
        )
        Facilitation.objects.create(organisation_id=cycle.organisation_id, meeting=meeting, user=by)
        for position, item in enumerate(found.items if found else [], start=1):
            Activity.objects.create(
                organisation_id=cycle.organisation_id,
                meeting=meeting,
                position=position,
                **from_method(item.kind, cycle.organisation.language) | {"minutes": item.minutes},
            )
    return meeting


def from_method(kind: str, language: str) -> dict:
    """The fields of an activity of this kind, in the organisation's language, as the method's data has them."""
    found = reader.load().activity(kind)
    return {
        "kind": kind,
        "mechanism": found.mechanism,
        "step": found.step,
        "title": found.title.in_language(language),
        "question": found.question.in_language(language),
        "hint": found.hint.in_language(language),
        "say": found.say.in_language(language),
        "minutes": found.minutes,
        "anonymous": found.anonymous,
        "config": found.config,
    }


def copy_meeting(earlier: Meeting, cycle, *, by, title, **more) -> Meeting:
    """A new meeting of the cycle with the earlier one's agenda as it was edited, and nothing of what was said. `more` is
    make_meeting's audience, unit and planned_at."""
    with write():
        meeting = make_meeting(cycle, by=by, title=title, **more)
        Meeting.objects.filter(pk=meeting.pk).update(
            planned_minutes=earlier.planned_minutes, template=earlier.template
        )
        for activity in earlier.activities.all():
            Activity.objects.create(
                organisation_id=meeting.organisation_id,
                meeting=meeting,
                position=activity.position,
                **{name: getattr(activity, name) for name in COPIED},
            )
        meeting.refresh_from_db()
    return meeting


def add_activity(meeting: Meeting, kind: str) -> Activity:
    """Puts an activity of this kind last on the agenda."""
    with write():
        reach.refuse_closed(meeting)
        last = meeting.activities.aggregate(last=Max("position"))["last"] or 0
        activity = Activity.objects.create(
            organisation_id=meeting.organisation_id,
            meeting=meeting,
            position=last + 1,
            **from_method(kind, meeting.organisation.language),
        )
        emit(meeting.channel, "stage")
    return activity


def remove_activity(activity: Activity) -> None:
    """Takes an unused activity off the agenda."""
    with write():
        reach.refuse_closed(activity.meeting)
        if activity.opened_at:
            raise Refused("agenda_fixed")
        meeting = activity.meeting
        activity.delete()
        emit(meeting.channel, "stage")


def move_activity(activity: Activity, position: int) -> None:
    """Moves an activity to the place `position` (1 is first); the others close up."""
    with write():
        reach.refuse_closed(activity.meeting)
        others = list(activity.meeting.activities.exclude(pk=activity.pk))
        others.insert(max(0, position - 1), activity)
        for place, each in enumerate(others, start=1):
            Activity.objects.filter(pk=each.pk).exclude(position=place).update(position=place)
        emit(activity.meeting.channel, "stage")


def reword_activity(
    activity: Activity, *, anonymous: bool | None = None, chooses: int | None = None, by=None, **words
) -> None:
    """Changes an activity's words or minutes, and how many go on from it; its anonymity only until it has been opened."""
    with write():
        reach.refuse_closed(activity.meeting)
        activity.refresh_from_db()
        if anonymous is not None and anonymous != activity.anonymous:
            if activity.opened_at:
                raise Refused("anonymity_fixed")
            activity.anonymous = anonymous
        if chooses is not None:
            activity.config["chooses"] = chooses
        for name, value in words.items():
            setattr(activity, name, value)
        activity.save(update_fields=[*words, "anonymous", "config"])
        emit(activity.meeting.channel, "stage")


def name_facilitator(meeting: Meeting, user) -> None:
    """Names a co-facilitator. Harmless when repeated."""
    with write():
        Facilitation.objects.get_or_create(
            meeting=meeting, user=user, defaults={"organisation_id": meeting.organisation_id}
        )


def release(meeting: Meeting, *, words: bool, by=None) -> None:
    """Lets the leaders see an employees' group's picture: its themes, and its words only if the group says so."""
    with write():
        before = Release.objects.filter(meeting=meeting).first()
        made = Release(organisation_id=meeting.organisation_id, meeting=meeting, words=words)
        changed = change(before, words=words) if before else make(made)
        take_step(meeting, "release", by=by, changes=[changed])
        for other in Meeting.objects.filter(cycle_id=meeting.cycle_id):
            emit(other.channel, "stage")


def unused_code() -> str:
    while Meeting.objects.filter(code=(code := codes.make())).exists():
        continue
    return code
