"""Reviews: the lists, and the page of one choice."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from implere.accounts.access import for_audience
from implere.followup import reach
from implere.followup.commands.reviews import hold_review
from implere.followup.forms import add_refusal, review_form
from implere.followup.queries import reviews as queries
from implere.meetings.errors import Refused
from implere.organisation.reach import organisation_of


@for_audience("signed-in")
@require_GET
def cycles_reviews(request, cycle_id):
    cycle = reach.cycle_in(request.user, cycle_id)
    facts = {
        "cycle": cycle,
        "organisation": cycle.organisation,
        "list": queries.of_cycle(cycle, request.GET.dict()),
    }
    return render(request, "followup/reviews.html", facts)


@for_audience("signed-in")
@require_GET
def organisations_reviews(request, organisation_id):
    organisation = organisation_of(request.user, organisation_id)
    facts = {"organisation": organisation, "list": queries.of_organisation(organisation, request.GET.dict())}
    return render(request, "followup/reviews.html", facts)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def review(request, decision_id):
    """A choice against what was expected of it."""
    found = reach.decision_in(request.user, decision_id)
    cycle = found.subject.activity.meeting.cycle
    form = review_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hold_review(found, form.said, by=request.user)
            messages.success(request, _("It is kept, and shown when a like choice is made."))
            return redirect("followup:cycles_reviews", cycle.pk)
        except Refused as refused:
            add_refusal(form, refused)
    facts = {"form": form, "choice": queries.view_of(found), "cycle": cycle}
    return render(request, "followup/review.html", facts, status=422 if form.errors else 200)
