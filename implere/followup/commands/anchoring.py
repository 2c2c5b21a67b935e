"""Following a chosen initiative through a framework: the phase that it has reached, and what is true of each step."""

from urllib.parse import urlsplit

from django.utils import timezone

from implere.followup.commands.actions import channel_of, day, limit
from implere.followup.models import PhaseReached, StepAnswer
from implere.followup.queries import anchoring as queries
from implere.initiatives.models import Initiative
from implere.live.commands import write
from implere.meetings.errors import Refused
from implere.method import frameworks
from implere.rules import qif

LIMITS = {
    "answer": 2000, "evidence": 1000, "link": 500, "figure": 120, "responsible": 120, "due": 60, "reason": 300,
}  # fmt: skip


def reach_phase(initiative: Initiative, framework_id: str, phase: int, *, by=None) -> PhaseReached:
    """From now on the initiative is in this phase of this framework. What was answered under another framework is kept."""
    framework = frameworks.load().get(framework_id)
    if framework is None or not 1 <= phase <= len(framework.phases):
        raise Refused("unknown_value")
    with write(channel_of(initiative.cycle_id)):
        _refuse_unchosen(initiative)
        return PhaseReached.objects.create(
            organisation_id=initiative.organisation_id,
            initiative=initiative,
            framework=framework.id,
            phase=phase,
            at=timezone.now(),
            by=by,
        )


def answer_step(initiative: Initiative, step_id: str, said: dict, *, by=None) -> StepAnswer:
    """What is true of a step now, beside what was said before. `said`: status, and perhaps answer, evidence, link, figure, responsible,
    due and reason."""
    with write(channel_of(initiative.cycle_id)):
        _refuse_unchosen(initiative)
        framework, _phase = queries.followed_by(initiative)
        if framework.step(step_id) is None or said.get("status") not in qif.STATUSES:
            raise Refused("unknown_value")
        typed = {name: (said.get(name) or "").strip() for name in LIMITS}
        limit(typed, LIMITS)
        if qif.status(qif.Step(step_id, 1, said["status"], typed["reason"])) != said["status"]:
            raise Refused("missing_irrelevant_reason")
        due = typed.pop("due")
        return StepAnswer.objects.create(
            organisation_id=initiative.organisation_id,
            initiative=initiative,
            framework=framework.id,
            step=step_id,
            status=said["status"],
            due_raw=due,
            due_on=day(due) if due else None,
            written_at=timezone.now(),
            written_by=by,
            **(typed | {"link": _checked_link(typed["link"])}),
        )


def _refuse_unchosen(initiative: Initiative) -> None:
    if not hasattr(initiative, "chosen"):
        raise Refused("not_chosen")


def _checked_link(typed: str) -> str:
    """Only what a browser may open without harm."""
    if not typed:
        return ""
    try:
        parts = urlsplit(typed)
    except ValueError:
        raise Refused("not_a_link", typed=typed) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("not_a_link", typed=typed)
    return typed
