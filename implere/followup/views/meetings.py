"""What the desk of a follow-up meeting writes down: what came of an action, what came of a choice."""

from django.http import Http404
from django.utils.translation import gettext_noop

from implere.decisions.models import Decision
from implere.followup.commands.actions import reflect
from implere.followup.commands.reviews import hold_review
from implere.followup.forms import ReflectionForm, review_form
from implere.followup.models import Action
from implere.meetings.doors import facilitators_command


@facilitators_command
def action_reflection(request, activity, action_id):
    found = Action.objects.filter(pk=action_id, organisation_id=activity.organisation_id).first()
    if found is None:
        raise Http404
    form = ReflectionForm(request.POST)
    form.is_valid()
    reflect(found, form.cleaned_data, by=request.user)
    return {"said": gettext_noop("It is written down.")}


@facilitators_command
def choice_review(request, activity, decision_id):
    rows = Decision.objects.filter(organisation_id=activity.organisation_id, reopened_at=None)
    found = rows.filter(pk=decision_id).select_related("organisation", "initiative__theme").first()
    if found is None:
        raise Http404
    form = review_form(found, request.POST)
    form.is_valid()
    hold_review(found, form.said, by=request.user)
    return {"said": gettext_noop("It is written down.")}
