"""The example's earlier cycle: what was settled a year ago, what was done, what came of it, what was learnt. Some choices were right,
some wrong, some surer than they should have been."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from implere.decisions.models import Decision
from implere.example.tables import rows
from implere.followup.models import Action, PhaseReached, Reflection, Review, StepAnswer
from implere.initiatives.models import Chosen, Cycle, Initiative, Theme
from implere.meetings import commands
from implere.meetings.models import Meeting
from implere.method import frameworks
from implere.organisation.models import Unit
from implere.rules.relative_dates import months_later

ANSWERS = {
    "in_place": "Det er på plads og kendt af dem, der gør det.",
    "under_way": "Vi er i gang; det mangler stadig i aftenvagten.",
    "missing": "Ingen har taget det på sig endnu.",
}
SEEN = 10  # the initiatives whose steps were looked at


def earlier(organisation, user) -> Cycle:
    """The cycle of a year ago with all that followed."""
    start = months_later(timezone.localdate().replace(day=1), -14)
    cycle = Cycle.objects.create(
        organisation=organisation,
        name=f"Fra strategi til hverdag {start.year + 1}",
        purpose="Det første forløb: se, hvad vi har gang i, og blive klogere på, hvordan det bliver til hverdag.",
        starts_on=start,
        ends_on=start + timedelta(days=364),
    )
    meeting = _meeting(cycle, user, start + timedelta(days=20))
    placed = _placements(cycle, meeting)
    _rounds(meeting, placed, user)
    _anchoring(list(placed.values())[:SEEN])
    return cycle


def _at(day, hour=10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _meeting(cycle: Cycle, user, day) -> Meeting:
    """A meeting that was held: its activities were opened and closed on that day."""
    made = commands.make_meeting(
        cycle, by=user, title="Ledergruppen", audience="leaders", template="whole_method_3h", planned_at=_at(day, 9)
    )  # fmt: skip
    made.activities.update(opened_at=_at(day, 9), closed_at=_at(day, 12))
    Meeting.objects.filter(pk=made.pk).update(opened_at=_at(day, 9), closed_at=_at(day, 12))
    made.refresh_from_db()
    return made


def _placements(cycle: Cycle, meeting: Meeting) -> dict[str, Initiative]:
    activity = next(a for a in meeting.activities.all() if a.config.get("settles"))
    own = {"organisation_id": cycle.organisation_id}
    themes: dict[str, Theme] = {}
    found = {}
    for position, row in enumerate(rows("earlier"), start=1):
        theme = themes.get(row["theme"]) or Theme.objects.create(
            cycle=cycle, title=row["theme"], position=len(themes) + 1, **own
        )
        themes[row["theme"]] = theme
        initiative = Initiative.objects.create(
            cycle=cycle, theme=theme, title=row["title"], owner=row["owner"], department=row["department"], status="running",
            seen_by=row["seen_by"], position=position, start_from=cycle.starts_on, start_to=cycle.starts_on, **own,
        )  # fmt: skip
        Chosen.objects.create(initiative=initiative, position=position, **own)
        subject = activity.subjects.create(
            initiative=initiative, text=initiative.title, position=position, **own
        )
        decision = Decision.objects.create(
            subject=subject, initiative=initiative, today=row["today"], onwards=row["onwards"], stated=int(row["sure"]),
            settled_at=meeting.closed_at, review_on=months_later(meeting.closed_at.date(), 6), **own,
        )  # fmt: skip
        _review(decision, row, row["onwards"])
        found[row["title"]] = initiative
    return found


def _review(decision: Decision, row: dict, approach: str) -> None:
    if not row["outcome"]:
        return
    unit = Unit.objects.filter(organisation_id=decision.organisation_id, name=row.get("unit") or "").first()
    Review.objects.create(
        organisation_id=decision.organisation_id,
        decision=decision,
        outcome=row["outcome"],
        right_then=row["then"] == "yes" if row["then"] else None,
        right_now=row["now"] == "yes" if row["now"] else None,
        learning=row["learning"],
        seen=row.get("seen") or "",
        takes_along=row.get("along") or "",
        phase=row.get("phase") or "",
        approach=approach,
        theme=decision.initiative.theme,
        unit=unit,
        held_at=_at(decision.review_on + timedelta(days=2)),
    )


def _rounds(meeting: Meeting, placed: dict, user) -> None:
    """Next steps, with the rounds of actions and reflections that followed; the last action of some is still open."""
    activity = meeting.activities.get(kind="next_step")
    day = meeting.closed_at.date()
    for position, row in enumerate(rows("rounds"), start=1):
        own = {"organisation_id": meeting.organisation_id}
        initiative = placed[row["title"]]
        subject = activity.subjects.create(initiative=initiative, text=row["what"], position=position, **own)
        open_ = not row["outcome"]
        decision = Decision.objects.create(
            subject=subject, initiative=initiative, what=row["what"], owner=row["owner"], due_raw="om seks uger",
            due_on=day + timedelta(weeks=6), effect=row["effect"], seen_by=row["seen_by"], stated=int(row["sure"]),
            probability=int(row["sure"]), settled_at=meeting.closed_at,
            review_on=timezone.localdate() - timedelta(days=3) if open_ else months_later(day, 5), **own,
        )  # fmt: skip
        onwards = initiative.decisions.exclude(onwards="").get().onwards
        _review(decision, row, onwards)
        _actions(decision, row, meeting, user)


def _actions(decision: Decision, row: dict, meeting: Meeting, user) -> None:
    """`rounds`: outcome|what happened|the next action, or =why it stops; one after the other with # between."""
    rounds = [part.split("|") for part in row["rounds"].split("#") if part]
    due = decision.due_on
    action = _action(decision, row, meeting, 1, row["what"], due)
    for turn, (outcome, happened, then) in enumerate(rounds, start=2):
        due = due + timedelta(weeks=8)
        last = turn == len(rounds) + 1
        stops = then.startswith("=")
        if last and not stops:  # where it is now: one is ready to be looked at, another is to come
            due = timezone.localdate() + timedelta(days=-4 if decision.subject.position % 2 else 16)
        following = None if stops else _action(decision, row, meeting, turn, then, due)
        Reflection.objects.create(
            organisation_id=decision.organisation_id,
            action=action,
            outcome=outcome,
            happened=happened,
            next=following,
            stopped_because=then[1:] if stops else "",
            written_at=_at(action.due_on),
            written_by=None if row["mail"] else user,
        )
        action = following or action


def _action(decision: Decision, row: dict, meeting: Meeting, turn: int, what: str, due) -> Action:
    open_step = not row["rounds"]
    return Action.objects.create(
        organisation_id=decision.organisation_id,
        cycle_id=meeting.cycle_id,
        initiative_id=decision.initiative_id,
        decision=decision,
        turn=turn,
        what=what,
        owner=row["owner"],
        mail=row["mail"],
        due_raw="om to uger" if open_step else "om otte uger",
        due_on=timezone.localdate() + timedelta(days=5) if open_step else due,
        effect=row["effect"],
        made_at=decision.settled_at + timedelta(weeks=8 * (turn - 1)),
    )


def _anchoring(initiatives: list[Initiative]) -> None:
    """Each has come some way; training and feedback are open nearly everywhere."""
    framework = next(iter(frameworks.load().values()))
    statuses = list(ANSWERS)
    for number, initiative in enumerate(initiatives):
        own = {
            "organisation_id": initiative.organisation_id,
            "initiative": initiative,
            "framework": framework.id,
        }
        phase = 2 + number % 3
        PhaseReached.objects.create(phase=phase, at=_at(initiative.start_from + timedelta(days=60)), **own)
        for step in framework.steps:
            if step.phase > phase or (number + step.number) % 7 == 0:
                continue
            weak = step.number % 5 == 3
            status = statuses[1 + number % 2] if weak else statuses[(number * step.number) % 4 // 2]
            StepAnswer.objects.create(
                step=step.id,
                status=status,
                answer=ANSWERS[status],
                responsible=initiative.owner if status == "under_way" else "",
                written_at=_at(initiative.start_from + timedelta(days=70 + step.number)),
                **own,
            )
