"""Every change to decisions. A decision is never changed once it stands: it is reopened, and a new one is settled."""

import hashlib
import secrets
import uuid
from datetime import date, timedelta

from django.utils import timezone

from implere import rooms
from implere.decisions import queries, rules
from implere.decisions.models import Decision, Detailing
from implere.live.commands import emit, write
from implere.meetings.changes import appear, change
from implere.meetings.commands import focus, take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Subject
from implere.rules import relative_dates

DETAILS_WITHIN = timedelta(hours=48)
LINK_LIFETIME = timedelta(days=14)


def _standing(subject: Subject) -> Decision | None:
    return Decision.objects.filter(subject=subject, reopened_at=None).first()


def settle_agreed(activity: Activity, *, by=None) -> int:
    """Settles every subject that the group agrees on, in one act that is taken back as one. Returns how many."""
    with write():
        act, settled = uuid.uuid4(), []
        outcomes, decided = rooms.mechanism_of(activity).outcomes(activity), queries.standing(activity)
        for subject in activity.subjects.all():
            outcome = outcomes.get(subject.pk)
            if outcome is None or not outcome["agreed"] or subject.pk in decided:
                continue
            said = {facts["role"]: facts["agreed"] for facts in outcome["values"].values()}
            made = _settle_placement(subject, outcome, said.get("today"), said.get("onwards"), by=by, act=act)
            settled.append(appear(made, reopened_at=timezone.now()))
        if settled:
            facts = {"changes": settled, "count": len(settled)}
            take_step(activity.meeting, "settle_agreed", activity=activity, by=by, **facts)
            emit(activity.meeting.channel, "stage")
    return len(settled)


def settle_placement(
    subject: Subject, today: str, onwards: str, *, reasons="", resources="", by=None
) -> Decision:
    """What the group settles for one initiative, with its reasons and the resources that it needs."""
    activity = subject.activity
    with write():
        known = rules.possible_placements(activity)
        if today not in known["today"] or onwards not in known["onwards"]:
            raise Refused("unknown_value")
        _limit(reasons, 2000), _limit(resources, 1000)
        changes = _reopen(_standing(subject))
        outcome = rooms.mechanism_of(activity).outcomes(activity).get(subject.pk)
        words = {"reasons": reasons.strip(), "resources": resources.strip()}
        made = _settle_placement(subject, outcome, today, onwards, by=by, **words)
        changes.append(appear(made, reopened_at=timezone.now()))
        facts = {"changes": changes, "title": subject.text}
        take_step(activity.meeting, "settle", activity=activity, by=by, **facts)
        emit(activity.meeting.channel, "stage")
    return made


def _limit(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("too_long", over=len(text) - most)


def _settle_placement(
    subject, outcome, today, onwards, *, by, act=None, reasons="", resources=""
) -> Decision:
    now = timezone.now()
    return Decision.objects.create(
        organisation_id=subject.organisation_id,
        subject=subject,
        initiative_id=subject.initiative_id,
        today=today or "",
        onwards=onwards or "",
        reasons=reasons,
        resources=resources,
        stated=rules.median_forecast(outcome),
        review_on=rules.placement_review(timezone.localdate(now)),
        settled_at=now,
        settled_by=by,
        act=act,
    )


def _reopen(decision: Decision | None) -> list[dict]:
    """It stands no more; what that changed."""
    if decision is None:
        return []
    changed = change(decision, reopened_at=timezone.now())
    _tell(decision)
    return [changed]


def _tell(decision: Decision) -> None:
    """The rooms above hear that a decision stands, or no longer does."""
    for run in rooms.decision_changed:
        run(decision)


def _tell_of(step) -> None:
    """A step about decisions was taken back or done again."""
    keys = [each["pk"] for each in step.changes if each["model"] == Decision._meta.label]
    for decision in Decision.objects.filter(pk__in=keys).select_related("subject__activity__meeting"):
        _tell(decision)


rooms.pairs |= {
    verb: rooms.Pair(undo=_tell_of, redo=_tell_of) for verb in ("settle", "settle_agreed", "reopen")
}


def reopen(subject: Subject, *, by=None) -> None:
    """The decision on this subject stands no more; it is kept. Harmless when there is none."""
    with write():
        if changes := _reopen(_standing(subject)):
            facts = {"changes": changes, "title": subject.text}
            take_step(subject.activity.meeting, "reopen", activity=subject.activity, by=by, **facts)
            emit(subject.activity.meeting.channel, "stage")


def settle_next_step(subject: Subject, said: dict, *, by=None) -> Decision:
    """The next step: what, who, when, which effect, how it is seen, how sure. `said` holds the fields as typed; the probability is
    the median of everybody's private answers unless it is overruled with a reason. A review date is given by default."""
    activity = subject.activity
    with write():
        fields = _next_step_fields(said)
        stated = rules.median_forecast(rules.outcomes(activity).get(subject.pk))
        probability, because = rules.probability(stated, said.get("probability", ""), said.get("because", ""))
        changes = _reopen(_standing(subject))
        made = Decision.objects.create(
            organisation_id=activity.organisation_id,
            subject=subject,
            initiative_id=subject.initiative_id,
            stated=stated,
            probability=probability,
            overruled_because=because,
            review_on=rules.next_step_review(fields["due_on"], timezone.localdate()),
            settled_at=timezone.now(),
            settled_by=by,
            **fields,
        )
        _tell(made)
        changes.append(appear(made, reopened_at=timezone.now()))
        facts = {"changes": changes, "title": made.what}
        take_step(activity.meeting, "settle", activity=activity, by=by, **facts)
        emit(activity.meeting.channel, "stage")
    return made


LIMITS = {"what": 300, "owner": 120, "due": 60, "effect": 400, "seen_by": 400}


def _next_step_fields(said: dict) -> dict:
    for name, most in LIMITS.items():
        _limit(said.get(name, "").strip(), most)
    what, owner, due = (said.get(name, "").strip() for name in ("what", "owner", "due"))
    if not what:
        raise Refused("missing_what")
    if not owner:
        raise Refused("missing_owner")
    due_on = relative_dates.resolve(due, timezone.localdate()) if due else None
    if due_on is None:
        raise Refused("unclear_date", typed=due or "–")
    if not date(2000, 1, 1) < due_on < timezone.localdate() + timedelta(days=3700):
        raise Refused("unlikely_date", typed=due)
    return {
        "what": what, "owner": owner, "due_raw": due, "due_on": due_on,
        "effect": said.get("effect", "").strip(), "seen_by": said.get("seen_by", "").strip(),
    }  # fmt: skip


def focus_subject(subject: Subject) -> None:
    """The proposal that the room decides on now."""
    focus(subject.activity, subject=subject)


def make_details_link(decision: Decision) -> str:
    """The secret of a link by which the owner writes the details without signing in. A new one ends the one before."""
    secret = secrets.token_urlsafe(24)
    with write():
        Detailing.objects.update_or_create(
            decision=decision,
            defaults={
                "organisation_id": decision.organisation_id,
                "secret_hash": hashlib.sha256(secret.encode()).hexdigest(),
                "expires_at": timezone.now() + LINK_LIFETIME,
            },
        )
    return secret


def decision_by_link(secret: str) -> Decision | None:
    """The decision that the link is about, or None if it is unknown or too old."""
    found = Detailing.objects.filter(
        secret_hash=hashlib.sha256(secret.encode()).hexdigest(), expires_at__gt=timezone.now()
    ).select_related("decision__subject__activity__meeting")
    row = found.first()
    return row.decision if row else None


def write_details(decision: Decision, *, alternatives: str, help_from: str, details: str) -> None:
    """The owner writes what was turned down and why, where help comes from, and the details; again until it is confirmed."""
    with write():
        decision.refresh_from_db()
        if decision.confirmed_at:
            raise Refused("confirmed_already")
        for text, most in ((alternatives, 2000), (help_from, 1000), (details, 4000)):
            _limit(text, most)
        Decision.objects.filter(pk=decision.pk).update(
            alternatives=alternatives.strip(), help_from=help_from.strip(), details=details.strip()
        )
        Detailing.objects.filter(decision=decision).update(written_at=timezone.now())


def confirm(decision: Decision) -> None:
    """The facilitator confirms the details. Harmless when repeated."""
    with write():
        Decision.objects.filter(pk=decision.pk, confirmed_at=None).update(confirmed_at=timezone.now())
