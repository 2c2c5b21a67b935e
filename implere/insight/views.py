"""The five traces, each with what it rests on; an initiative's own page; the advisor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere import rooms
from implere.accounts.access import for_audience
from implere.insight import about, advising, commands, gather, story
from implere.insight.models import Recognition
from implere.insight.traces import TRACES, all_five
from implere.method import reader
from implere.organisation.reach import administered, organisation_of
from implere.practice.reach import initiative_of
from implere.rooms import Viewer

ON_A_PAGE = 200  # lines of evidence
ORDER = (3, 2, 5, 4, 1)


@for_audience("signed-in")
@require_GET
def insights(request, organisation_id):
    organisation = organisation_of(request.user, organisation_id)
    facts = gather.facts(organisation)
    traces = [(each, facts.recognitions.get(each.code)) for each in sorted(all_five(facts), key=_place)]
    return render(
        request,
        "insight/insights.html",
        {
            "organisation": organisation, "traces": traces, "cycles": facts.cycles, "said": Recognition.Said.choices,
            "reviewed": sum(1 for choice in facts.choices if choice.happened is not None),
        },
    )  # fmt: skip


def _place(trace) -> int:
    """Where it lies on the page: what tells most about ourselves first, what is counted last."""
    return ORDER.index(trace.number)


def _trace(facts, code: str):
    if code not in TRACES:
        raise Http404
    return TRACES[code](facts)


@for_audience("signed-in")
@require_GET
def trace(request, organisation_id, trace):
    """What a trace rests on, down to the single choice; `?group=` opens one kind of evidence."""
    organisation = organisation_of(request.user, organisation_id)
    facts = gather.facts(organisation)
    found = _trace(facts, trace)
    number = request.GET.get("group", "0")
    number = int(number) if number.isdecimal() and int(number) < len(found.groups) else 0
    rows = found.groups[number].rows if found.groups else ()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "insight/trace.html",
        {
            "organisation": organisation, "trace": found, "groups": list(enumerate(found.groups)), "number": number,
            "page": page, "recognition": facts.recognitions.get(found.code), "said": Recognition.Said.choices,
        },
    )  # fmt: skip


@for_audience("signed-in")
@require_POST
def recognition(request, organisation_id, trace):
    """Do you recognise it? The answer is kept with the headline that it was about."""
    organisation = organisation_of(request.user, organisation_id)
    found = _trace(gather.facts(organisation), trace)
    try:
        commands.recognise(
            organisation, found.code, headline=found.headline, said=request.POST.get("said", ""),
            remark=request.POST.get("remark", ""),
        )  # fmt: skip
        messages.success(request, _("Your answer is kept beside the trace."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("insight:trace", organisation.pk, found.code)


@for_audience("signed-in")
@require_GET
def initiative(request, initiative_id):
    """The initiative's own page: its story, with what every room has to say about it."""
    found = initiative_of(request.user, initiative_id)
    parts = sorted((part(found, Viewer("page", user=request.user)) for part in rooms.initiative_parts), key=lambda p: p[0])  # fmt: skip
    facts = {
        "initiative": found,
        "timeline": story.timeline(found),
        "parts": [mark_safe(html) for _place, html in parts if html],
        "elsewhere": story.of_cycle(found),
    }
    return render(request, "insight/initiative.html", facts)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def advisor(request, initiative_id):
    """What an initiative's characteristics speak for and against; what nobody answered by ballot can be typed."""
    found = initiative_of(request.user, initiative_id)
    if request.method == "POST":
        commands.describe(found, request.POST.dict())
        return redirect("insight:advisor", found.pk)
    known, weights, choices = about.known(found)
    facts = {
        "initiative": found,
        "advice": advising.advise(known, weights, choices),
        "answered": about.answered(found, known),
        "scale": range(1, 6),
        "ours": reader.load().advisor.ours,
    }
    return render(request, "insight/advisor.html", facts)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def table(request, organisation_id):
    """The advisor's table. All who work in the organisation read it; who administers it changes it."""
    organisation = organisation_of(request.user, organisation_id)
    error, status = "", 200
    if request.method == "POST":
        administered(request.user, organisation_id)
        try:
            commands.set_points(organisation, _points(request.POST))
            messages.success(request, _("The advisor's points are kept."))
            return redirect("insight:advisor_table", organisation.pk)
        except ValidationError as refused:
            error, status = refused.messages[0], 422
    facts = {"organisation": organisation, "error": error, "rows": _rows(organisation, request.POST)}
    facts |= {"approaches": reader.load().approaches, "ours": reader.load().advisor.ours}
    return render(request, "insight/advisor_table.html", facts, status=status)


def _points(posted) -> dict:
    keys = (key.split("/") for key in posted)
    return {tuple(key): posted["/".join(key)] for key in keys if len(key) == 3}


def _rows(organisation, posted) -> list[dict]:
    """A row for each characteristic and level, with the points that hold, or as they were typed."""
    weights, words = gather.weights(organisation), {"low": _("low"), "high": _("high")}
    return [
        {
            "characteristic": each,
            "level": words[level],
            "cells": [
                {
                    "name": (name := f"{each.id}/{level}/{approach.id}"),
                    "points": posted.get(name, weights[each.id][level].get(approach.id, 0)),
                    "ours": each.weights[level].get(approach.id, 0),
                    "approach": approach,
                }
                for approach in reader.load().approaches
            ],
        }
        for each in reader.load().advisor.characteristics
        for level in ("low", "high")
    ]
