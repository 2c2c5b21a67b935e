"""The pages of who is signed in: a cycle's actions, an organisation's, one's own, and one action."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from implere.accounts.access import for_audience
from implere.followup import links, reach
from implere.followup.commands import actions as commands
from implere.followup.forms import ActionForm, OwnerForm, ReflectionForm, add_refusal
from implere.followup.queries import actions as queries
from implere.meetings.errors import Refused
from implere.organisation.reach import organisation_of, organisations_of
from implere.ui.templatetags.ui import day


@for_audience("signed-in")
@require_GET
def organisations_actions(request, organisation_id):
    organisation = organisation_of(request.user, organisation_id)
    facts = {"organisation": organisation, "list": queries.of_organisation(organisation)}
    return render(request, "followup/organisations_actions.html", facts)


@for_audience("signed-in")
@require_GET
def cycles_actions(request, cycle_id):
    cycle = reach.cycle_in(request.user, cycle_id)
    return render(request, "followup/cycles_actions.html", {"cycle": cycle, "list": queries.of_cycle(cycle)})


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def new_action(request, cycle_id):
    cycle = reach.cycle_in(request.user, cycle_id)
    form = ActionForm(
        request.POST or None, cycle=cycle, initial={"initiative": request.GET.get("initiative")}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = commands.make_action(cycle, said, initiative=said["initiative"], by=request.user)
            messages.success(request, _("It is down. The day is %(day)s.") % {"day": day(made.due_on)})
            return redirect("followup:cycles_actions", cycle.pk)
        except Refused as refused:
            add_refusal(form, refused)
    facts = {"cycle": cycle, "form": form}
    return render(request, "followup/new_action.html", facts, status=422 if form.errors else 200)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def action(request, action_id):
    """One action with its rounds. A POST hands it over to another owner."""
    found = reach.action_in(request.user, action_id)
    form = OwnerForm(request.POST or None, initial={"owner": found.owner, "mail": found.mail})
    if request.method == "POST" and form.is_valid():
        try:
            commands.hand_over(found, **form.cleaned_data)
            return redirect("followup:action", found.pk)
        except Refused as refused:
            add_refusal(form, refused)
    facts = {"form": form, **_facts(request, found)}
    return render(request, "followup/action.html", facts, status=422 if form.errors else 200)


def _facts(request, found) -> dict:
    view = queries.view_of(found)
    token = links.answer_token(found)
    mine = links.mine_token(found.organisation_id, found.owner, found.mail)
    return {
        "view": view,
        "action": found,
        "rounds": queries.chain(found),
        "sent": found.mails.filter(sent_at__isnull=False, to=found.mail.casefold()).last(),
        "link": request.build_absolute_uri(reverse("followup:answer", args=[token])),
        "mine": request.build_absolute_uri(reverse("followup:mine_by_link", args=[mine])),
    }


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def reflection(request, action_id):
    """What came of it, written by somebody who is signed in."""
    found = reach.action_in(request.user, action_id)
    form = ReflectionForm(request.POST or None, initial={"owner": found.owner})
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.reflect(found, form.cleaned_data, by=request.user)
            messages.success(request, said_of(made))
            return redirect("followup:action", made.next_id or found.pk)
        except Refused as refused:
            add_refusal(form, refused)
    facts = {"form": form, "view": queries.view_of(found), "action": found}
    return render(request, "followup/reflection.html", facts, status=422 if form.errors else 200)


def said_of(made) -> str:
    """The day that the typed words meant is said back."""
    if made.next is None:
        return _("Thank you. It stops here, and the reason is kept.")
    return _("Thank you. The next action is down for %(day)s.") % {"day": day(made.next.due_on)}


@for_audience("signed-in")
@require_GET
def mine(request):
    """One's own actions, by one's name or address."""
    organisations = organisations_of(request.user)
    facts = {"list": queries.of_user(request.user, organisations), "user_name": str(request.user)}
    facts["calendars"] = [
        (
            o.name,
            request.build_absolute_uri(reverse("followup:calendar", args=[_own_calendar(request.user, o)])),
        )
        for o in organisations
    ]
    return render(request, "followup/mine.html", facts)


def _own_calendar(user, organisation) -> str:
    return links.mine_token(organisation.pk, user.name, user.email)
