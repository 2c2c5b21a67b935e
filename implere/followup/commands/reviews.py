"""Reviews: what came of a decision. One for each; said again, it is mended."""

from django.utils import timezone

from implere.decisions.models import Decision
from implere.followup.commands.actions import channel_of, limit, tell_meetings
from implere.followup.models import Review
from implere.live.commands import write
from implere.meetings.errors import Refused
from implere.method import reader
from implere.organisation.models import Unit

LIMITS = {"seen": 400, "learning": 300, "takes_along": 400}


def hold_review(decision: Decision, said: dict, *, by=None) -> Review:
    """`said`: outcome, seen, right_then and right_now (bool, or None for one that was given up), learning, takes_along, and
    perhaps phase (an id of the method's) and unit. What it is tagged with besides follows from the decision."""
    cycle_id = decision.subject.activity.meeting.cycle_id
    with write(channel_of(cycle_id)):
        typed = {name: (said.get(name) or "").strip() for name in LIMITS}
        outcome = said.get("outcome")
        if outcome not in Review.Outcome.values:
            raise Refused("missing_judgement")
        judged = outcome != Review.Outcome.DROPPED
        cell = (said.get("right_then"), said.get("right_now")) if judged else (None, None)
        if judged and None in cell:
            raise Refused("missing_cell")
        if not typed["learning"]:
            raise Refused("missing_learning")
        limit(typed, LIMITS)
        held, _new = Review.objects.update_or_create(
            decision=decision,
            defaults={
                "organisation_id": decision.organisation_id,
                "outcome": outcome,
                "right_then": cell[0],
                "right_now": cell[1],
                "approach": approach_of(decision),
                "theme": decision.initiative.theme if decision.initiative else None,
                "phase": _phase(said.get("phase") or ""),
                "unit": _unit(decision, said.get("unit")),
                "held_at": timezone.now(),
                "held_by": by,
                **typed,
            },
        )
        tell_meetings(decision.organisation_id)
    return held


def approach_of(decision: Decision) -> str:
    """The approach that was chosen: a placement's own, a next step's by the placement of its initiative that stood then."""
    if decision.onwards or decision.initiative_id is None:
        return decision.onwards
    stood = Decision.objects.filter(initiative=decision.initiative_id, settled_at__lte=decision.settled_at)
    found = stood.exclude(onwards="").filter(reopened_at=None).order_by("-settled_at").first()
    return found.onwards if found else ""


def _phase(id: str) -> str:
    if id and id not in {phase.id for phase in reader.load().phases}:
        raise Refused("unknown_value")
    return id


def _unit(decision: Decision, unit) -> Unit | None:
    if unit is None or unit == "":
        return None
    found = Unit.objects.filter(
        organisation_id=decision.organisation_id, pk=getattr(unit, "pk", unit)
    ).first()
    if found is None:
        raise Refused("unknown_value")
    return found
