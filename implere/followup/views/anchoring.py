"""Anchoring: all chosen initiatives at once, one of them, one step."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere.accounts.access import for_audience
from implere.followup import reach
from implere.followup.commands import anchoring as commands
from implere.followup.forms import add_refusal, step_form
from implere.followup.queries import anchoring as queries
from implere.meetings.errors import Refused
from implere.method import frameworks


@for_audience("signed-in")
@require_GET
def cycles_anchoring(request, cycle_id):
    cycle = reach.cycle_in(request.user, cycle_id)
    return render(request, "followup/cycles_anchoring.html", {"cycle": cycle, "all": queries.of_cycle(cycle)})


def _chosen(request, cycle_id, initiative_id):
    """A chosen initiative of the cycle; else 404."""
    initiative = reach.initiative_in(reach.cycle_in(request.user, cycle_id), initiative_id)
    if not hasattr(initiative, "chosen"):
        raise Http404
    return initiative


@for_audience("signed-in")
@require_GET
def initiatives_anchoring(request, cycle_id, initiative_id):
    initiative = _chosen(request, cycle_id, initiative_id)
    facts = {
        "cycle": initiative.cycle,
        "initiative": initiative,
        "view": queries.of_initiative(initiative),
        "frameworks": list(frameworks.load().values()),
    }
    return render(request, "followup/initiatives_anchoring.html", facts)


@for_audience("signed-in")
@require_POST
def phase(request, cycle_id, initiative_id):
    """The phase that it has reached, or another framework."""
    initiative = _chosen(request, cycle_id, initiative_id)
    typed = request.POST.get("phase", "")
    try:
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
        commands.reach_phase(initiative, request.POST.get("framework", ""), number, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("followup:initiatives_anchoring", cycle_id, initiative_id)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def step(request, cycle_id, initiative_id, step_id):
    initiative = _chosen(request, cycle_id, initiative_id)
    view = queries.of_initiative(initiative)
    found = next((each for p in view.phases for each in p.steps if each.step.id == step_id), None)
    if found is None:
        raise Http404
    form = step_form(found.answer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_step(initiative, step_id, form.cleaned_data, by=request.user)
            return redirect("followup:initiatives_anchoring", cycle_id, initiative_id)
        except Refused as refused:
            add_refusal(form, refused)
    facts = {
        "form": form,
        "cycle": initiative.cycle,
        "initiative": initiative,
        "view": found,
        "phase": view.framework.phases[found.step.phase - 1],
        "history": queries.history(initiative, view.framework, step_id),
    }
    return render(request, "followup/step.html", facts, status=422 if form.errors else 200)
