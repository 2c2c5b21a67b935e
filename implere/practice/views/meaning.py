"""Meaning down the leadership chain: the chain, a unit's own page, and the same page by a link."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere.accounts.access import for_audience
from implere.meetings.errors import Refused
from implere.organisation.models import Unit
from implere.organisation.queries import unit_tree
from implere.organisation.reach import organisations_of
from implere.practice import reach
from implere.practice.commands import meaning as commands
from implere.practice.models import Wish
from implere.practice.queries import meaning as queries

FIELDS = ("today", "monday", "stops", "wish")


@for_audience("signed-in")
@require_GET
def meaning(request, initiative_id):
    return _page(request, reach.initiative_of(request.user, initiative_id))


def _page(request, initiative, links=()):
    found = queries.places(initiative)
    facts = {
        "initiative": initiative,
        "chain": queries.chain(initiative, found),
        "units": unit_tree(initiative.organisation),
        "asked": {pk for pk, place in found.items() if place.asked},
        "links": links,
    }
    return render(request, "practice/meaning.html", facts)


@for_audience("signed-in")
@require_POST
def askings(request, initiative_id):
    """Asks the ticked units; their links are shown this once."""
    initiative = reach.initiative_of(request.user, initiative_id)
    known = {str(unit.pk): unit for unit in Unit.objects.filter(organisation_id=initiative.organisation_id)}
    links = [
        (
            unit,
            request.build_absolute_uri(
                reverse("practice:meaning_by_link", args=[commands.ask(initiative, unit)])
            ),
        )
        for key, unit in known.items()
        if key in request.POST.getlist("unit")
    ]
    return _page(request, initiative, links)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def unit(request, initiative_id, unit_id):
    """What the initiative means in one unit, written by somebody who is signed in."""
    initiative = reach.initiative_of(request.user, initiative_id)
    return _unit_page(request, initiative, reach.unit_of(initiative.organisation_id, unit_id))


@for_audience("anyone")
@require_http_methods(["GET", "POST"])
def by_link(request, secret):
    """The same by a link, without signing in. A GET only shows."""
    asking = commands.asking_by_link(secret)
    if asking is None:
        return render(request, "practice/meaning_link_gone.html", status=410)
    return _unit_page(request, asking.initiative, asking.unit, secret)


def _unit_page(request, initiative, unit, secret="", *, refused=None, wish_id=None):
    error, written, status = "", False, 200
    if refused:
        error, status = refused.sentence, 409
    elif request.method == "POST":
        try:
            commands.translate(initiative, unit, **{name: request.POST.get(name, "") for name in FIELDS})
            written = True
        except Refused as reason:
            error, status = reason.sentence, 409
    desk = queries.desk(initiative, unit)
    facts = {
        "initiative": initiative, "unit": unit, "desk": desk, "secret": secret, "written": written, "error": error,
        "wish_id": wish_id, "typed": request.POST, "said": _said(request, desk, bool(error) and not wish_id),
    }  # fmt: skip
    return render(request, "practice/meaning_unit.html", facts, status=status)


def _said(request, desk, refused: bool) -> dict:
    """What stands in the fields: what was typed where it was refused, else what is kept."""
    if refused:
        return {name: request.POST.get(name, "") for name in FIELDS}
    kept = desk.place.translation
    words = {name: getattr(kept, name) if kept else "" for name in FIELDS if name != "wish"}
    return words | {"wish": desk.open_wish}


@for_audience("signed-in")
@require_POST
def replies(request, wish_id):
    """Somebody who is signed in answers for the level above."""
    rows = Wish.objects.filter(organisation__in=organisations_of(request.user), withdrawn_at=None)
    wish = reach.one(rows.select_related("initiative", "unit"), wish_id)
    initiative = reach.initiative_of(request.user, wish.initiative_id)
    found = queries.places(initiative)
    unit = found[wish.unit_id].answers or wish.unit
    return _reply(request, wish, unit, reverse("practice:meaning_unit", args=[initiative.pk, unit.pk]))


@for_audience("anyone")
@require_POST
def replies_by_link(request, secret, wish_id):
    """The leader above answers by the link; only what waits for an answer from there."""
    asking = commands.asking_by_link(secret)
    if asking is None:
        return render(request, "practice/meaning_link_gone.html", status=410)
    desk = queries.desk(asking.initiative, asking.unit)
    wish = next((wish for _unit, wish in desk.to_answer if wish.pk == wish_id), None)
    if wish is None:
        raise Http404
    return _reply(request, wish, asking.unit, reverse("practice:meaning_by_link", args=[secret]), secret)


def _reply(request, wish, unit, page: str, secret=""):
    try:
        commands.reply(wish, request.POST.get("text", ""))
    except Refused as refused:
        return _unit_page(request, wish.initiative, unit, secret, refused=refused, wish_id=wish.pk)
    return redirect(page)
