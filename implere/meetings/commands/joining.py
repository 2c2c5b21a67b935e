"""Joining, being here, and sitting in a small group."""

from django.db import IntegrityError, transaction

from implere.live.commands import emit, write
from implere.meetings import reach
from implere.meetings.changes import change_all, drop, make
from implere.meetings.commands.undoing import take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Meeting, Participant, SmallGroup
from implere.rules import dealing

LONGEST_NAME = 60


def join(meeting: Meeting, device_hash: str) -> Participant:
    """The device's participant in the meeting; the same device is the same participant however often it comes."""
    found = (
        Participant.objects.filter(meeting=meeting, device_hash=device_hash).select_related("group").first()
    )
    if found:
        return found
    with write(meeting.channel):
        try:
            with transaction.atomic():
                participant = Participant.objects.create(
                    organisation_id=meeting.organisation_id,
                    meeting=meeting,
                    device_hash=device_hash,
                    group=_smallest_group(meeting),
                )
        except IntegrityError:
            return Participant.objects.get(meeting=meeting, device_hash=device_hash)
        emit(meeting.channel, "presence")
    return participant


def _smallest_group(meeting: Meeting) -> SmallGroup | None:
    """Where groups have been dealt out, a late comer sits down in the smallest."""
    groups = [(group.participants.count(), group.number, group) for group in meeting.groups.all()]
    return min(groups)[2] if groups else None


def note_presence(meeting_id, changes: dict[str, bool]) -> None:
    """Who came and who left since last: {participant id: here}. People are counted, not connections."""
    with write(f"meeting/{meeting_id}"):
        meeting = Meeting.objects.filter(pk=meeting_id).first()
        if meeting is None:
            return
        changed = 0
        for here in (True, False):
            ids = [pk for pk, value in changes.items() if value is here]
            changed += Participant.objects.filter(meeting=meeting, pk__in=ids, here=not here).update(
                here=here
            )
        if changed:
            emit(meeting.channel, "presence")


def note_presences(changes: dict[str, dict[str, bool]]) -> None:
    """The hub's word about several channels at once."""
    for channel, people in changes.items():
        note_presence(channel.removeprefix("meeting/"), people)


def nobody_is_here() -> None:
    """At start: whoever is still there comes back by itself, or is told of by the process where they are."""
    for meeting in Meeting.objects.filter(participants__here=True).distinct():
        with write(meeting.channel):
            Participant.objects.filter(meeting=meeting, here=True).update(here=False)
            emit(meeting.channel, "presence")


def name_participant(activity: Activity, participant: Participant, name: str) -> None:
    """A participant says a name, where the activity asks for one."""
    name = " ".join(name.split())
    with write():
        reach.writable(activity)
        if not name:
            raise Refused("missing_name")
        if len(name) > LONGEST_NAME:
            raise Refused("too_long", over=len(name) - LONGEST_NAME)
        Participant.objects.filter(pk=participant.pk).update(name=name)
    participant.name = name


def deal_groups(meeting: Meeting, count: int, *, by=None, seed: int = 0) -> None:
    """Deals everybody who has joined evenly into `count` small groups; 0 takes the groups away."""
    with write():
        changes = [change for group in meeting.groups.filter(number__gt=count) for change in drop(group)]
        known = set(meeting.groups.values_list("number", flat=True))
        own = {"organisation_id": meeting.organisation_id, "meeting": meeting}
        changes += [make(SmallGroup(**own, number=n)) for n in range(1, count + 1) if n not in known]
        groups = list(meeting.groups.all())
        people = sorted(meeting.participants.all(), key=lambda p: p.pk)
        for group, members in zip(groups, dealing.deal(people, len(groups), seed=seed), strict=False):
            changes += change_all(members, group_id=group.pk)
        take_step(meeting, "deal_groups", by=by, changes=changes)
        emit(meeting.channel, "stage")


def choose_group(participant: Participant, number: int) -> None:
    """A participant sits down in a group."""
    with write(participant.meeting.channel):
        group = SmallGroup.objects.filter(meeting_id=participant.meeting_id, number=number).first()
        if group is None:
            raise Refused("no_such_group")
        Participant.objects.filter(pk=participant.pk).update(group=group)
        emit(participant.meeting.channel, "presence")
