"""The doors of decisions, the owner's page by link, and the cycle's page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere import rooms
from implere.accounts.access import for_audience
from implere.decisions import commands, queries
from implere.decisions.models import Decision
from implere.initiatives.models import Cycle
from implere.meetings import reach
from implere.meetings.doors import facilitators_command
from implere.meetings.errors import Refused
from implere.organisation.models import Membership


@facilitators_command
def agreement(request, activity):
    """Settles all that the group agrees on, in one act."""
    commands.settle_agreed(activity, by=request.user)
    return {"said": gettext_noop("What you agree on is settled. It can be undone.")}


@facilitators_command
def placement(request, activity, subject_id):
    commands.settle_placement(
        reach.subject_in(activity, subject_id),
        request.POST.get("today", ""),
        request.POST.get("onwards", ""),
        reasons=request.POST.get("reasons", ""),
        resources=request.POST.get("resources", ""),
        by=request.user,
    )


@facilitators_command
def reopening(request, activity, subject_id):
    commands.reopen(reach.subject_in(activity, subject_id), by=request.user)


@facilitators_command
def proposal(request, activity, subject_id):
    """The proposal that the room decides on now."""
    commands.focus_subject(reach.subject_in(activity, subject_id))


@facilitators_command
def next_step(request, activity, subject_id):
    commands.settle_next_step(reach.subject_in(activity, subject_id), request.POST.dict(), by=request.user)
    return {"said": gettext_noop("The next step is settled. It can be undone.")}


def _decision(request, decision_id) -> Decision:
    found = Decision.objects.filter(
        pk=decision_id, subject__activity__meeting__in=reach.meetings_of(request.user)
    ).select_related("subject__activity__meeting__cycle")
    decision = found.first()
    if decision is None:
        raise Http404
    return decision


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def decision(request, decision_id):
    """A next step's page for who facilitates: the link for the owner, what the owner wrote, confirming it."""
    found = _decision(request, decision_id)
    facts = {"decision": found, "cycle": found.subject.activity.meeting.cycle}
    if request.method == "POST":
        secret = commands.make_details_link(found)
        facts["link"] = request.build_absolute_uri(reverse("decisions:details", args=[secret]))
    return render(request, "decisions/decision.html", facts)


@for_audience("signed-in")
@require_POST
def confirmation(request, decision_id):
    found = _decision(request, decision_id)
    commands.confirm(found)
    messages.success(request, _("The details are confirmed."))
    return redirect("decisions:decision", found.pk)


@for_audience("anyone")
@require_http_methods(["GET", "POST"])
def details(request, secret):
    """The owner writes the details by a link, without signing in. A GET only shows."""
    found = commands.decision_by_link(secret)
    if found is None:
        return render(request, "decisions/link_gone.html", status=410)
    facts = {"decision": found, "typed": request.POST, "written": False}
    if request.method == "POST":
        try:
            commands.write_details(
                found,
                alternatives=request.POST.get("alternatives", ""),
                help_from=request.POST.get("help_from", ""),
                details=request.POST.get("details", ""),
            )
            facts["written"] = True
        except Refused as refused:
            return render(request, "decisions/details.html", facts | {"error": refused.sentence}, status=409)
        found.refresh_from_db()
    return render(request, "decisions/details.html", facts)


@for_audience("signed-in")
@require_GET
def cycle(request, cycle_id):
    found = (
        Cycle.objects.filter(pk=cycle_id, organisation__in=_organisations(request.user))
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Http404
    return render(
        request,
        "decisions/cycle.html",
        {
            "cycle": found,
            "page": queries.cycle_page(found),
            "sections": [draw(found) for draw in rooms.cycle_sections],
        },
    )


def _organisations(user):
    return Membership.objects.filter(user=user).values("organisation")
