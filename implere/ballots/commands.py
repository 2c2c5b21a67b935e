"""Every change to a ballot: answering, revealing, a second round, choosing."""

from implere import rooms
from implere.ballots import queries, spec
from implere.ballots.models import Answer, Reveal, Revote
from implere.initiatives.models import Chosen
from implere.live.commands import emit, write
from implere.meetings import anonymity, reach
from implere.meetings.changes import drop, make
from implere.meetings.commands import take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Participant, Subject
from implere.rules import dots, floors


def answer(activity: Activity, participant: Participant, subject_id, said: dict[str, str]) -> Answer:
    """A participant's private answer to one subject: some or all of its values. Saying it again changes it, until it is
    revealed. Two taps of one person become one row."""
    with write():
        reach.writable(activity, closed="answer_late")
        subject = Subject.objects.filter(activity=activity, pk=subject_id).first()
        if subject is None:
            raise Refused("not_possible_now")
        round_ = open_round(activity, subject)
        _check(activity, said)
        wrote = anonymity.authorship(activity, participant, f"{subject.pk}/{round_}")
        kept = Answer.objects.filter(subject=subject, round=round_, **wrote).first()
        _check_dots(activity, participant, subject, said)
        before = dict(kept.values) if kept else {}
        kept = kept or Answer(
            organisation_id=activity.organisation_id,
            activity=activity,
            subject=subject,
            round=round_,
            **wrote,
        )
        kept.values = _with_presets(activity, subject, before) | said
        kept.save()
        if (
            queries.is_complete(activity, kept.values) != queries.is_complete(activity, before)
            or "dots" in kept.values
        ):
            emit(activity.meeting.channel, "answered")
    return kept


def _with_presets(activity: Activity, subject: Subject, before: dict) -> dict:
    """What a new initiative's answer begins with: it is not begun, as its status says."""
    presets = queries.presets(activity, subject)
    return presets | before


def open_round(activity: Activity, subject: Subject) -> int:
    """The round that takes answers now, or Refused."""
    found = queries.open_rounds(activity).get(subject.pk)
    if found is None:
        raise Refused("already_shown")
    return found


def _check(activity: Activity, said: dict) -> None:
    known = {value.id: value for value in spec.values(activity)}
    if not said:
        raise Refused("empty")
    for id, value in said.items():
        if id not in known or value not in known[id].allowed:
            raise Refused("unknown_value")


def _check_dots(activity, participant, subject, said) -> None:
    kinds = {value.id for value in spec.values(activity) if value.type == "dots"}
    if not any(said.get(id) == "1" for id in kinds):
        return
    own = queries.own_answers(activity, participant)
    given = sum(
        1 for pk, a in own.items() if pk != subject.pk and any(a.values.get(id) == "1" for id in kinds)
    )
    if given >= dots.dots(activity.subjects.count()):
        raise Refused("too_many")


def reveal(activity: Activity, *, by=None) -> None:
    """Shows all answers at once, where there are enough of them. Harmless when repeated."""
    with write():
        _refuse_too_few(activity, None, 1)
        if not Reveal.objects.filter(activity=activity, subject=None, round=1).exists():
            made = make(Reveal(organisation_id=activity.organisation_id, activity=activity, round=1))
            take_step(activity.meeting, "reveal", activity=activity, by=by, changes=[made])
            emit(activity.meeting.channel, "stage")


def _refuse_too_few(activity: Activity, subject: Subject | None, round_: int) -> None:
    count = queries.people_who_answered(activity, subject, round_)
    floor = floors.ballot_floor(
        activity.meeting.participants.count()
    )  # who came, as the warning on the phone says
    if activity.anonymous and count < floor:
        raise Refused("too_few", count=count, floor=floor)


def hide(activity: Activity, *, by=None) -> None:
    """Hides the answers again, and lets people answer on."""
    with write():
        if shown := Reveal.objects.filter(activity=activity, subject=None, round=1).first():
            take_step(activity.meeting, "hide", activity=activity, by=by, changes=drop(shown))
            emit(activity.meeting.channel, "stage")


def open_revote(subject: Subject, *, by=None) -> None:
    """Opens the one second round on a subject. What was said in the first is kept beside it."""
    activity = subject.activity
    with write():
        reach.writable(activity)
        if (
            activity.config.get("rounds", 1) < 2
            or not Reveal.objects.filter(activity=activity, subject=None).exists()
        ):
            raise Refused("not_possible_now")
        if not Revote.objects.filter(subject=subject).exists():
            made = make(Revote(subject=subject, organisation_id=activity.organisation_id))
            take_step(activity.meeting, "open_revote", activity=activity, by=by, changes=[made])
            emit(activity.meeting.channel, "stage")


def reveal_revote(subject: Subject, *, by=None) -> None:
    activity = subject.activity
    with write():
        _refuse_too_few(activity, subject, 2)
        if not Reveal.objects.filter(subject=subject, round=2).exists():
            own = {"organisation_id": activity.organisation_id, "activity": activity}
            made = make(Reveal(**own, subject=subject, round=2))
            facts = {"changes": [made], "subject": str(subject.pk)}
            take_step(activity.meeting, "reveal_revote", activity=activity, by=by, **facts)
            emit(activity.meeting.channel, "stage")


def choose(activity: Activity, subject_ids: list, *, by=None) -> None:
    """These initiatives go on to the assessment, in this order; the others stay on the list."""
    most = activity.config.get("chooses")
    with write():
        if not most or not queries.is_revealed(activity):
            raise Refused("not_possible_now")
        subjects = list(activity.subjects.filter(pk__in=subject_ids, initiative__isnull=False))
        if len(subjects) > most:
            raise Refused("full", most=most)
        order = {pk: place for place, pk in enumerate(subject_ids)}
        cycle = {"initiative__cycle_id": activity.meeting.cycle_id}
        before = [
            str(pk)
            for pk in Chosen.objects.filter(**cycle)
            .order_by("position")
            .values_list("initiative_id", flat=True)
        ]
        after = [str(s.initiative_id) for s in sorted(subjects, key=lambda s: order[s.pk])]
        _set_chosen(activity, after)
        facts = {"before": before, "after": after, "count": len(subjects)}
        take_step(activity.meeting, "choose", activity=activity, by=by, **facts)
        emit(activity.meeting.channel, "stage")


def _set_chosen(activity: Activity, initiative_ids: list) -> None:
    Chosen.objects.filter(initiative__cycle_id=activity.meeting.cycle_id).delete()
    Chosen.objects.bulk_create(
        Chosen(organisation_id=activity.organisation_id, initiative_id=pk, position=place)
        for place, pk in enumerate(initiative_ids, start=1)
    )


def check_reveal(step) -> None:
    """Answers are shown again only where there are enough of them by now."""
    _refuse_too_few(step.activity, None, 1)


def check_reveal_revote(step) -> None:
    _refuse_too_few(step.activity, Subject.objects.get(pk=step.facts["subject"]), 2)


rooms.pairs |= {
    "reveal": rooms.Pair(check_redo=check_reveal),
    "hide": rooms.Pair(check_undo=check_reveal),
    "reveal_revote": rooms.Pair(check_redo=check_reveal_revote),
    "choose": rooms.Pair(
        undo=lambda step: _set_chosen(step.activity, step.facts["before"]),
        redo=lambda step: _set_chosen(step.activity, step.facts["after"]),
    ),
}
