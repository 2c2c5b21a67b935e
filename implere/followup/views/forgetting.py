"""An administrator forgets an owner who has left."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from implere.accounts.access import for_audience
from implere.followup.commands.forgetting import forget_owner, look_for
from implere.meetings.errors import Refused
from implere.organisation.reach import administered


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def forgetting(request, organisation_id):
    """A GET with a name says what there is; a POST takes it away and shows the receipt."""
    organisation = administered(request.user, organisation_id)
    who = request.POST.get("who", request.GET.get("who", "")).strip()
    facts = {"organisation": organisation, "who": who, "done": request.method == "POST"}
    try:
        if request.method == "POST":
            facts["receipt"] = forget_owner(organisation, who)
        elif who:
            facts["receipt"] = look_for(organisation, who)
    except Refused as refused:
        facts |= {"error": refused.sentence, "done": False}
    return render(request, "followup/forgetting.html", facts, status=422 if "error" in facts else 200)
