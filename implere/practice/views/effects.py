"""An initiative's indicators: words, numbers, marks."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere.accounts.access import for_audience
from implere.initiatives.bringing import files
from implere.organisation.reach import organisations_of
from implere.practice import reach, reading
from implere.practice.commands import effects as commands
from implere.practice.forms import IndicatorForm, MarkForm, NumbersForm
from implere.practice.models import Indicator, Leftover, Mark
from implere.practice.queries import effects as queries


def _indicator(user, indicator_id) -> Indicator:
    rows = Indicator.objects.filter(organisation__in=organisations_of(user))
    return reach.one(rows.select_related("initiative__cycle", "initiative__organisation"), indicator_id)


@for_audience("signed-in")
@require_GET
def indicators(request, initiative_id):
    initiative = reach.initiative_of(request.user, initiative_id)
    return _page(request, initiative, MarkForm())


def _page(request, initiative, mark_form, status=200):
    facts = {
        "initiative": initiative,
        "indicators": queries.indicators(initiative),
        "removed": queries.removed(initiative),
        "marks": queries.marks(initiative),
        "mark_form": mark_form,
    }
    return render(request, "practice/indicators.html", facts, status=status)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def edit(request, initiative_id=None, indicator_id=None):
    """Adds an indicator, or changes its words."""
    found = _indicator(request.user, indicator_id) if indicator_id else None
    initiative = found.initiative if found else reach.initiative_of(request.user, initiative_id)
    form = IndicatorForm(request.POST or None, instance=found)
    if form.is_valid():
        made = commands.save_indicator(initiative, found, **form.cleaned_data)
        return redirect("practice:indicator", made.pk)
    facts = {"initiative": initiative, "indicator": found, "form": form}
    return render(request, "practice/edit_indicator.html", facts, status=422 if form.errors else 200)


@for_audience("signed-in")
@require_GET
def indicator(request, indicator_id):
    return _indicator_page(request, _indicator(request.user, indicator_id), NumbersForm())


def _indicator_page(request, found: Indicator, form, status=200):
    facts = {
        "initiative": found.initiative, "view": queries.indicator(found), "form": form, "mark_form": MarkForm(),
    }  # fmt: skip
    return render(request, "practice/indicator.html", facts, status=status)


@for_audience("signed-in")
@require_POST
def removal(request, indicator_id):
    found = _indicator(request.user, indicator_id)
    commands.remove_indicator(found)
    messages.success(request, _("The indicator is put away; its numbers are kept."))
    return redirect("practice:indicators", found.initiative_id)


@for_audience("signed-in")
@require_POST
def restoring(request, indicator_id):
    found = _indicator(request.user, indicator_id)
    commands.restore_indicator(found)
    return redirect("practice:indicator", found.pk)


@for_audience("signed-in")
@require_POST
def numbers(request, indicator_id):
    """What was pasted or uploaded, as it is read. Nothing is kept yet: the page holds the cells, to be mended there."""
    found = _indicator(request.user, indicator_id)
    form = NumbersForm(request.POST, request.FILES)
    if not form.is_valid():
        return _indicator_page(request, found, form, 422)
    upload = form.cleaned_data["file"]
    try:
        if upload:
            data = upload.read()
            cells = reading.as_text(data, upload.name)
            result = reading.read(data, upload.name, share=found.kind == Indicator.Kind.SHARE)
        else:
            cells = form.cleaned_data["cells"]
            result = _read(found, cells)
    except files.Unreadable as unreadable:
        form.add_error("file" if upload else "cells", str(unreadable))
        return _indicator_page(request, found, form, 422)
    facts = {"initiative": found.initiative, "indicator": found, "cells": cells, "reading": result}
    return render(request, "practice/numbers.html", facts)


def _read(found: Indicator, cells: str) -> reading.Reading:
    return reading.read(cells.encode(), "cells.csv", share=found.kind == Indicator.Kind.SHARE)


@for_audience("signed-in")
@require_POST
def accepting(request, indicator_id):
    """Keeps the numbers as they are written now."""
    found = _indicator(request.user, indicator_id)
    form = NumbersForm(request.POST)
    if not form.is_valid():
        return _indicator_page(request, found, form, 422)
    try:
        counts = commands.keep_numbers(found, _read(found, form.cleaned_data["cells"]))
    except files.Unreadable as unreadable:
        form.add_error("cells", str(unreadable))
        return _indicator_page(request, found, form, 422)
    messages.success(request, _told(counts))
    return redirect("practice:indicator", found.pk)


def _told(counts: dict) -> str:
    sentences = [ngettext("%(n)d number is kept.", "%(n)d numbers are kept.", counts["new"]) % {"n": counts["new"]}]  # fmt: skip
    if counts["changed"]:
        sentences.append(
            ngettext("%(n)d took the place of another.", "%(n)d took the place of others.", counts["changed"])
            % {"n": counts["changed"]}
        )
    if counts["same"]:
        sentences.append(
            ngettext("%(n)d was there already.", "%(n)d were there already.", counts["same"])
            % {"n": counts["same"]}
        )
    if counts["left"]:
        sentences.append(
            ngettext(
                "%(n)d line could not be read, and stands below.",
                "%(n)d lines could not be read, and stand below.",
                counts["left"],
            )
            % {"n": counts["left"]}
        )
    return " ".join(sentences)


@for_audience("signed-in")
@require_POST
def leftover_removal(request, indicator_id, leftover_id):
    found = _indicator(request.user, indicator_id)
    commands.drop_leftover(reach.one(Leftover.objects.filter(indicator=found), leftover_id))
    return redirect("practice:indicator", found.pk)


@for_audience("signed-in")
@require_POST
def marks(request, initiative_id):
    initiative = reach.initiative_of(request.user, initiative_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _page(request, initiative, form, 422)
    commands.add_mark(initiative, **form.cleaned_data)
    return redirect("practice:indicators", initiative.pk)


@for_audience("signed-in")
@require_POST
def mark_removal(request, mark_id):
    found = reach.one(Mark.objects.filter(organisation__in=organisations_of(request.user)), mark_id)
    commands.remove_mark(found)
    return redirect("practice:indicators", found.initiative_id)
