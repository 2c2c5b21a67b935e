"""Capacity: the picture of units and months, and what one initiative asks."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere.accounts.access import for_audience
from implere.organisation.reach import organisation_of, organisations_of
from implere.practice import pressure, reach, trying
from implere.practice.commands import capacity as commands
from implere.practice.forms import AskedForm, HoursForm, KnowingForm, NeedForm, SizesForm
from implere.practice.models import Asked, Need
from implere.practice.queries import capacity as queries
from implere.practice.queries import knowing as knowledge_queries


@for_audience("signed-in")
@require_GET
def picture(request, organisation_id):
    """The picture; `?initiative=…&try=…` tries something on it and changes nothing."""
    return _page(request, organisation_of(request.user, organisation_id))


def _page(request, organisation, status=200, **forms):
    plan = queries.plan(organisation)
    tried = trying.tried(plan, request.GET.get("initiative", ""), request.GET.get("try", ""))
    needs = tried.needs if tried else None
    facts = {
        "organisation": organisation,
        "heat": queries.heat_map(plan, needs),
        "pressure": pressure.of(plan, plan.cells(needs)),
        "stands": pressure.of(plan, plan.cells()) if tried else None,
        "tried": tried,
        "titles": sorted(plan.titles.items(), key=lambda row: row[1]),
        "possible": trying.possible(),
        "sizes": queries.sizes(organisation),
        "lacks": knowledge_queries.lacks(organisation),
        "hours_form": HoursForm(organisation=organisation),
        "sizes_form": SizesForm(sizes=queries.sizes(organisation)),
        "knowing_form": KnowingForm(organisation=organisation),
    }
    return render(request, "practice/capacity.html", facts | forms, status=status)


@for_audience("signed-in")
@require_POST
def hours(request, organisation_id):
    organisation = organisation_of(request.user, organisation_id)
    form = HoursForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return _page(request, organisation, 422, hours_form=form)
    commands.set_hours(**form.cleaned_data)
    return redirect("practice:picture", organisation.pk)


@for_audience("signed-in")
@require_POST
def sizes(request, organisation_id):
    organisation = organisation_of(request.user, organisation_id)
    known = queries.sizes(organisation)
    form = SizesForm(request.POST, sizes=known)
    if not form.is_valid():
        return _page(request, organisation, 422, sizes_form=form)
    for size in known:
        said = form.cleaned_data
        commands.mean_by_size(
            organisation, size.id, hours=said[f"hours-{size.id}"], words=said[f"words-{size.id}"]
        )
    messages.success(request, _("Your own sizes are kept."))
    return redirect("practice:picture", organisation.pk)


@for_audience("signed-in")
@require_POST
def knowing(request, organisation_id):
    organisation = organisation_of(request.user, organisation_id)
    form = KnowingForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return _page(request, organisation, 422, knowing_form=form)
    commands.say_knowing(**form.cleaned_data)
    return redirect("practice:picture", organisation.pk)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def initiative(request, initiative_id):
    """What one initiative asks of the units."""
    found = reach.initiative_of(request.user, initiative_id)
    form = NeedForm(request.POST or None, organisation=found.organisation)
    if form.is_valid():
        commands.save_need(found, None, **form.cleaned_data)
        return redirect("practice:initiative_capacity", found.pk)
    return _initiative_page(request, found, need_form=form)


def _initiative_page(request, found, **forms):
    sizes = queries.sizes(found.organisation)
    facts = {
        "initiative": found,
        "needs": queries.needs(found),
        "sizes": sizes,
        "lacks": knowledge_queries.lacks(found.organisation, found),
        "need_form": NeedForm(organisation=found.organisation),
        "asked_form": AskedForm(organisation=found.organisation),
    } | forms
    wrong = any(form.errors for form in forms.values())
    return render(request, "practice/initiative_capacity.html", facts, status=422 if wrong else 200)


@for_audience("signed-in")
@require_POST
def knowledge(request, initiative_id):
    """The initiative asks a unit to know something."""
    found = reach.initiative_of(request.user, initiative_id)
    form = AskedForm(request.POST, organisation=found.organisation)
    if not form.is_valid():
        return _initiative_page(request, found, asked_form=form)
    said = form.cleaned_data
    commands.ask_for_knowledge(found, said["unit"], said["knowledge_title"], help_from=said["help_from"])
    return redirect("practice:initiative_capacity", found.pk)


@for_audience("signed-in")
@require_POST
def need_removal(request, need_id):
    found = reach.one(Need.objects.filter(organisation__in=organisations_of(request.user)), need_id)
    commands.remove_need(found)
    return redirect("practice:initiative_capacity", found.initiative_id)


@for_audience("signed-in")
@require_POST
def knowledge_removal(request, asked_id):
    found = reach.one(Asked.objects.filter(organisation__in=organisations_of(request.user)), asked_id)
    commands.drop_knowledge(found)
    return redirect("practice:initiative_capacity", found.initiative_id)
