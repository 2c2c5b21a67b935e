"""Actions: made, handed over, and ended by a reflection that leads on."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from implere.decisions.models import Decision
from implere.followup.models import Action, Reflection
from implere.initiatives.models import Cycle, Initiative
from implere.live.commands import emit, write
from implere.meetings.errors import Refused
from implere.meetings.models import Meeting
from implere.rules import relative_dates

LIMITS = {"what": 300, "owner": 120, "due": 60, "effect": 400, "mail": 254}
REFLECTION_LIMITS = {"happened": 1000, "works": 1000, "adjust": 1000, "stopped_because": 600}
FARTHEST = timedelta(days=3700)


def channel_of(cycle_id) -> str:
    """Commands about one cycle's actions take turns."""
    return f"followup/{cycle_id}"


def make_action(cycle: Cycle, said: dict, *, initiative: Initiative | None = None, by=None) -> Action:
    """A new action. `said` holds the fields as typed: what, owner, due, and perhaps mail and effect."""
    with write(channel_of(cycle.pk)):
        made = Action.objects.create(
            organisation_id=cycle.organisation_id,
            cycle=cycle,
            initiative=initiative,
            made_at=timezone.now(),
            made_by=by,
            **fields(said),
        )
        tell_meetings(cycle.organisation_id)
    return made


def fields(said: dict) -> dict:
    """The fields of an action from what was typed, or Refused."""
    typed = {name: (said.get(name) or "").strip() for name in LIMITS}
    limit(typed, LIMITS)
    if not typed["what"]:
        raise Refused("missing_what")
    if not typed["owner"]:
        raise Refused("missing_owner")
    return {
        "what": typed["what"], "owner": typed["owner"], "mail": checked_mail(typed["mail"]),
        "due_raw": typed["due"], "due_on": day(typed["due"]), "effect": typed["effect"],
    }  # fmt: skip


def limit(typed: dict, limits: dict) -> None:
    for name, most in limits.items():
        if len(typed[name]) > most:
            raise Refused("too_long", over=len(typed[name]) - most)


def day(typed: str) -> date:
    """The day that the words mean, or Refused."""
    today = timezone.localdate()
    found = relative_dates.resolve(typed, today) if typed else None
    if found is None:
        raise Refused("unclear_date", typed=typed or "–")
    if not date(2000, 1, 1) < found < today + FARTHEST:
        raise Refused("unlikely_date", typed=typed)
    return found


def checked_mail(typed: str) -> str:
    if typed:
        try:
            validate_email(typed)
        except ValidationError:
            raise Refused("not_a_mail", typed=typed) from None
    return typed


def hand_over(action: Action, *, owner: str, mail: str) -> None:
    """Another owner, or another address; links that the one before was sent are of no use any more."""
    typed = {"owner": owner.strip(), "mail": mail.strip()}
    with write(channel_of(action.cycle_id)):
        limit(typed, {"owner": 120, "mail": 254})
        if not typed["owner"]:
            raise Refused("missing_owner")
        _refuse_ended(action)
        Action.objects.filter(pk=action.pk).update(owner=typed["owner"], mail=checked_mail(typed["mail"]))


def _refuse_ended(action: Action) -> None:
    action.refresh_from_db()
    if Reflection.objects.filter(action=action).exists():
        raise Refused("answered_already")
    if action.withdrawn_at:
        raise Refused("withdrawn")


def reflect(action: Action, said: dict, *, by=None) -> Reflection:
    """Ends the action: what came of it, and what happens next or why it stops. Two at once: one wins, the other is told so."""
    with write(channel_of(action.cycle_id)):
        _refuse_ended(action)
        typed = {name: (said.get(name) or "").strip() for name in REFLECTION_LIMITS}
        if said.get("outcome") not in Reflection.Outcome.values:
            raise Refused("missing_outcome")
        if not typed["happened"]:
            raise Refused("missing_happened")
        limit(typed, REFLECTION_LIMITS)
        goes_on = bool((said.get("what") or "").strip() or (said.get("due") or "").strip())
        if not goes_on and not typed["stopped_because"]:
            raise Refused("leads_nowhere")
        if goes_on and typed["stopped_because"]:
            raise Refused("leads_both_ways")
        now = timezone.now()
        return_ = Reflection.objects.create(
            organisation_id=action.organisation_id,
            action=action,
            outcome=said["outcome"],
            next=_next(action, said, now, by) if goes_on else None,
            written_at=now,
            written_by=by,
            **typed,
        )
        tell_meetings(action.organisation_id)
    return return_


def _next(action: Action, said: dict, now, by) -> Action:
    """The next action; what it does not say itself is as in the one before."""
    kept = {"what": action.what, "owner": action.owner, "effect": action.effect}
    typed = kept | {
        name: said[name] for name in ("what", "owner", "due", "effect") if (said.get(name) or "").strip()
    }
    found = fields(typed)
    same_owner = found["owner"].casefold() == action.owner.casefold()
    found["mail"] = checked_mail((said.get("mail") or "").strip()) or (action.mail if same_owner else "")
    return Action.objects.create(
        organisation_id=action.organisation_id,
        cycle_id=action.cycle_id,
        initiative_id=action.initiative_id,
        decision_id=action.decision_id,
        turn=action.turn + 1,
        made_at=now,
        made_by=by,
        **found,
    )


def follow_decision(decision: Decision) -> None:
    """A next step that stands becomes an action; one that is taken back takes its action with it, while nothing came of it."""
    if not decision.what or decision.due_on is None:
        return
    if decision.reopened_at:
        Action.objects.filter(decision=decision, turn=1, withdrawn_at=None, reflection=None).update(
            withdrawn_at=timezone.now()
        )
        return
    if Action.objects.filter(decision=decision, turn=1).update(withdrawn_at=None):
        return
    Action.objects.create(
        organisation_id=decision.organisation_id,
        cycle_id=decision.subject.activity.meeting.cycle_id,
        initiative_id=decision.initiative_id,
        decision=decision,
        what=decision.what,
        owner=decision.owner,
        due_raw=decision.due_raw,
        due_on=decision.due_on,
        effect=decision.effect,
        made_at=decision.settled_at,
        made_by=decision.settled_by,
    )


def tell_meetings(organisation_id) -> None:
    """A meeting that is open may show it, of a new cycle too."""
    open_ = Meeting.objects.filter(organisation_id=organisation_id, closed_at=None, opened_at__isnull=False)
    for meeting in open_.filter(audience=Meeting.Audience.LEADERS):
        emit(meeting.channel, "stage")
