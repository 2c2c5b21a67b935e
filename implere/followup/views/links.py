"""What an owner reaches by a link, without signing in. A GET only shows; the POST spends the link."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from implere.accounts.access import for_audience
from implere.followup import feed, links
from implere.followup.commands import actions as commands
from implere.followup.forms import ReflectionForm, add_refusal
from implere.followup.queries import actions as queries
from implere.meetings.errors import Refused
from implere.organisation.models import Organisation


def _gone(request, why: str):
    return render(request, "followup/link_gone.html", {"why": why}, status=410)


@for_audience("anyone")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """One action and its reflection. A link whose reflection is written, by it or by somebody else, says so plainly."""
    found, why = links.action_by_token(token)
    if found is None:
        return _gone(request, why)
    form = ReflectionForm(request.POST or None, initial={"owner": found.owner})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.reflect(found, form.cleaned_data)
            return redirect("followup:answer", token)
        except Refused as refused:
            add_refusal(form, refused)
            status = 409 if refused.code in ("answered_already", "withdrawn") else 422
    view = queries.view_of(found)
    facts = {
        "form": form,
        "view": view,
        "action": found,
        "reflection": view.reflection,
        "mine": _mine_address(found),
    }
    return render(request, "followup/answer.html", facts, status=status)


def _mine_address(action) -> str:
    token = links.mine_token(action.organisation_id, action.owner, action.mail)
    return reverse("followup:mine_by_link", args=[token])


@for_audience("anyone")
@require_safe
def mine_by_link(request, token):
    """The owner's own list. Each action has its own link, which is spent by its own POST."""
    person = links.person_by_token(token)
    if person is None:
        return _gone(request, "old")
    found = queries.of_person(person)
    facts = {
        "list": found,
        "rows": [(view, links.answer_token(view.row)) for view in found.open],
        "calendar": request.build_absolute_uri(reverse("followup:calendar", args=[token])),
    }
    return render(request, "followup/mine_by_link.html", facts)


@for_audience("anyone")
@require_safe
def calendar(request, token):
    """The owner's days as iCalendar: a program fetches it again and again, so its link lives longer."""
    person = links.person_by_token(token, links.CALENDAR_LIFETIME)
    organisation = person and Organisation.objects.filter(pk=person.organisation_id).first()
    if organisation is None:
        return _gone(request, "old")
    with translation.override(organisation.language):
        text = feed.calendar(organisation, queries.of_person(person).open)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="implere.ics"'
    return response
