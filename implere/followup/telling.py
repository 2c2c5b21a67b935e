"""What this room tells the rooms above: steps that are open, what came of choices, and its part of an initiative's own page."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from implere.followup.models import Action, Review
from implere.followup.queries import actions, anchoring
from implere.initiatives.models import Cycle
from implere.rooms import OpenStep, Outcome, Viewer

ACTIONS, ANCHORING = 45, 65  # places in the order of an initiative's page
CAME = {Review.Outcome.CAME: True, Review.Outcome.NOT: False}


def critical_steps(organisation) -> list[OpenStep]:
    """Of the initiatives of the cycles that run. Three queries and one for the cycles."""
    running = Cycle.objects.filter(organisation=organisation, ends_on__gte=timezone.localdate())
    return [
        OpenStep(view.initiative.pk, step.step.id, str(step.step.name), str(view.framework.phases[step.step.phase - 1].name))
        for view in anchoring.of_cycles(running).views
        for step in view.open
    ]  # fmt: skip


def outcomes(organisation) -> list[Outcome]:
    """What came of the choices that were reviewed. One query."""
    rows = Review.objects.filter(organisation=organisation).values_list("decision_id", "outcome", "learning")
    return [Outcome(decision, CAME.get(outcome), learnt) for decision, outcome, learnt in rows]


def actions_part(initiative, viewer: Viewer):
    """What was agreed and what came of it. Two queries."""
    found = actions.of_initiative(initiative)
    facts = {"initiative": initiative, "list": found}
    return ACTIONS, render_to_string("followup/part_actions.html", facts) if found else ""


def anchoring_part(initiative, viewer: Viewer):
    """The framework's phases and steps, where the initiative was chosen. Two queries."""
    if not hasattr(initiative, "chosen"):
        return ANCHORING, ""
    facts = {"initiative": initiative, "view": anchoring.of_initiative(initiative)}
    return ANCHORING, render_to_string("followup/part_anchoring.html", facts)


def marks(initiative) -> list:
    """What was done, and what came of choices. Two queries."""
    done = Action.objects.filter(initiative=initiative, withdrawn_at=None, reflection__isnull=False)
    held = Review.objects.filter(decision__initiative=initiative)
    found = [
        (timezone.localdate(at), what) for at, what in done.values_list("reflection__written_at", "what")
    ]
    return found + [
        (timezone.localdate(at), _("Learnt: %(what)s") % {"what": learnt})
        for at, learnt in held.values_list("held_at", "learning")
    ]
