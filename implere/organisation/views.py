from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere.accounts.access import for_audience
from implere.method import reader
from implere.organisation import commands, queries, reach
from implere.organisation.forms import MemberForm, OrganisationForm, UnitForm, WordingsForm
from implere.organisation.models import Unit


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def found(request):
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        made = commands.found_organisation(form.cleaned_data["name"], by=request.user)
        return redirect("organisation:organisation", made.pk)
    return render(request, "organisation/found.html", {"form": form}, status=422 if form.errors else 200)


@for_audience("signed-in")
@require_GET
def organisation(request, organisation_id):
    return _page(request, reach.organisation_of(request.user, organisation_id))


def _page(request, organisation, status=200, **forms):
    facts = {
        "organisation": organisation,
        "units": queries.unit_tree(organisation),
        "members": queries.members(organisation),
        "wordings_form": _wordings_form(organisation),
        "ours": reader.load().ours,
        "name_form": OrganisationForm(initial={"name": organisation.name}),
        "unit_form": UnitForm(organisation=organisation),
        "member_form": MemberForm(),
    }
    return render(request, "organisation/organisation.html", facts | forms, status=status)


def _wordings_form(organisation, posted=None) -> WordingsForm:
    approaches = queries.worded_approaches(organisation, get_language() or "da")
    return WordingsForm(posted, approaches=approaches)


@for_audience("signed-in")
@require_POST
def name(request, organisation_id):
    found = reach.administered(request.user, organisation_id)
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, name_form=form)
    commands.rename(found, form.cleaned_data["name"])
    return redirect("organisation:organisation", found.pk)


@for_audience("signed-in")
@require_POST
def units(request, organisation_id):
    found = reach.administered(request.user, organisation_id)
    form = UnitForm(request.POST, organisation=found)
    if not form.is_valid():
        return _page(request, found, 422, unit_form=form)
    commands.add_unit(found, form.cleaned_data["name"], form.cleaned_data["parent"])
    return redirect("organisation:organisation", found.pk)


def _unit(organisation, unit_id) -> Unit:
    found = Unit.objects.filter(organisation=organisation, pk=unit_id).first()
    if found is None:
        raise Http404
    return found


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def unit(request, organisation_id, unit_id):
    organisation = reach.administered(request.user, organisation_id)
    found = _unit(organisation, unit_id)
    form = UnitForm(
        request.POST or None,
        organisation=organisation,
        initial={"name": found.name, "parent": found.parent_id},
    )
    if form.is_valid():
        try:
            commands.place_unit(found, name=form.cleaned_data["name"], parent=form.cleaned_data["parent"])
            return redirect("organisation:organisation", organisation.pk)
        except ValidationError as error:
            form.add_error("parent", error)
    facts = {"organisation": organisation, "unit": found, "form": form}
    return render(request, "organisation/unit.html", facts, status=422 if form.errors else 200)


@for_audience("signed-in")
@require_POST
def unit_removal(request, organisation_id, unit_id):
    organisation = reach.administered(request.user, organisation_id)
    try:
        commands.remove_unit(_unit(organisation, unit_id))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("organisation:organisation", organisation.pk)


@for_audience("signed-in")
@require_POST
def members(request, organisation_id):
    """Adds a colleague; the link that signs in once is shown this once."""
    found = reach.administered(request.user, organisation_id)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            user, secret = commands.add_member(found, **form.cleaned_data)
            link = request.build_absolute_uri(reverse("accounts:sign_in_by_link", args=[secret]))
            return _page(request, found, new_member=user, link=link)
        except ValidationError as error:
            form.add_error("username", error)
    return _page(request, found, 422, member_form=form)


@for_audience("signed-in")
@require_POST
def wordings(request, organisation_id):
    """The organisation's own words for the approaches, in the language that the page is read in."""
    found = reach.administered(request.user, organisation_id)
    form = _wordings_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, 422, wordings_form=form)
    for approach_id, text in form.cleaned_data.items():
        commands.word(found, f"approach/{approach_id}/one_line", get_language() or "da", text)
    messages.success(request, _("Your own words are kept."))
    return redirect("organisation:organisation", found.pk)
