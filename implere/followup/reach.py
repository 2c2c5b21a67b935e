"""Finding cycles, actions, decisions and initiatives through a person's memberships: a stranger's id is a 404."""

from django.http import Http404

from implere.decisions.models import Decision
from implere.followup.models import Action
from implere.initiatives.models import Cycle, Initiative
from implere.organisation.reach import organisations_of


def cycle_in(user, cycle_id) -> Cycle:
    return _one(Cycle.objects.select_related("organisation"), user, cycle_id)


def action_in(user, action_id) -> Action:
    rows = Action.objects.select_related("cycle__organisation", "initiative", "decision", "made_by")
    return _one(rows, user, action_id)


def decision_in(user, decision_id) -> Decision:
    """A decision that stands."""
    rows = Decision.objects.filter(reopened_at=None).select_related(
        "organisation", "initiative__theme", "subject__activity__meeting__cycle"
    )
    return _one(rows, user, decision_id)


def initiative_in(cycle: Cycle, initiative_id) -> Initiative:
    found = Initiative.objects.filter(cycle=cycle, pk=initiative_id, removed_at=None)
    initiative = found.select_related("chosen", "theme").first()
    if initiative is None:
        raise Http404
    initiative.cycle = cycle
    return initiative


def _one(rows, user, key):
    found = rows.filter(pk=key, organisation__in=organisations_of(user)).first()
    if found is None:
        raise Http404
    return found
