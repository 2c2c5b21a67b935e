from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere.accounts.access import for_audience
from implere.initiatives import commands, queries
from implere.initiatives.bringing import columns, files, preview
from implere.initiatives.forms import CycleForm, InitiativeForm, ListForm
from implere.initiatives.models import Cycle, Initiative, PendingList
from implere.organisation.reach import organisation_of, organisations_of

FIELD_WORDS = {
    "": gettext_lazy("– not used"),
    "title": gettext_lazy("Title"),
    "owner": gettext_lazy("Owner"),
    "department": gettext_lazy("Department"),
    "start": gettext_lazy("Start"),
    "end": gettext_lazy("End"),
    "period": gettext_lazy("Period"),
    "status": gettext_lazy("Status"),
    "notes": gettext_lazy("Remarks"),
    "hours_per_week": gettext_lazy("Hours a week"),
}


def cycle_of(user, cycle_id) -> Cycle:
    """The cycle, if the user works in its organisation; else 404."""
    found = Cycle.objects.filter(pk=cycle_id, organisation__in=organisations_of(user)).select_related(
        "organisation"
    )
    if (cycle := found.first()) is None:
        raise Http404
    return cycle


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def new_cycle(request, organisation_id):
    organisation = organisation_of(request.user, organisation_id)
    form = CycleForm(request.POST or None)
    if form.is_valid():
        made = commands.make_cycle(organisation, **form.cleaned_data)
        return redirect("initiatives:initiatives", made.pk)
    facts = {"form": form, "organisation": organisation}
    return render(request, "initiatives/new_cycle.html", facts, status=422 if form.errors else 200)


@for_audience("signed-in")
@require_GET
def initiatives(request, cycle_id):
    cycle = cycle_of(request.user, cycle_id)
    facts = {
        "cycle": cycle,
        "initiatives": queries.initiatives(cycle),
        "lists": queries.lists(cycle),
        "removed": queries.removed(cycle),
    }
    return render(request, "initiatives/initiatives.html", facts)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def initiative(request, cycle_id, initiative_id=None):
    """Adds one, or changes one."""
    cycle = cycle_of(request.user, cycle_id)
    found = _initiative(cycle, initiative_id) if initiative_id else None
    form = InitiativeForm(request.POST or None, instance=found, cycle=cycle)
    if form.is_valid():
        commands.save_initiative(cycle, found, **form.cleaned_data)
        return redirect("initiatives:initiatives", cycle.pk)
    facts = {"cycle": cycle, "form": form, "initiative": found}
    return render(request, "initiatives/initiative.html", facts, status=422 if form.errors else 200)


def _initiative(cycle, initiative_id) -> Initiative:
    found = cycle.initiatives.filter(pk=initiative_id).first()
    if found is None:
        raise Http404
    return found


@for_audience("signed-in")
@require_POST
def removal(request, cycle_id, initiative_id):
    cycle = cycle_of(request.user, cycle_id)
    commands.remove_initiative(_initiative(cycle, initiative_id))
    return redirect("initiatives:initiatives", cycle.pk)


@for_audience("signed-in")
@require_POST
def restoring(request, cycle_id, initiative_id):
    cycle = cycle_of(request.user, cycle_id)
    commands.restore_initiative(_initiative(cycle, initiative_id))
    return redirect("initiatives:initiatives", cycle.pk)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def new_list(request, cycle_id):
    """A file or pasted cells. Nothing is brought in yet: the next page shows what was read."""
    cycle = cycle_of(request.user, cycle_id)
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        cells = form.cleaned_data["cells"]
        name, data = (upload.name, upload.read()) if upload else (_("Pasted cells"), cells.encode())
        try:
            preview.read(data, name if upload else "cells.csv")
            return redirect(
                "initiatives:pending", cycle.pk, commands.keep_pending(cycle, request.user, name, data).pk
            )
        except files.Unreadable as unreadable:
            if str(unreadable) == str(preview.NO_TITLE):
                pending = commands.keep_pending(cycle, request.user, name, data)
                return redirect("initiatives:pending", cycle.pk, pending.pk)
            form.add_error("file" if upload else "cells", str(unreadable))
    facts = {"cycle": cycle, "form": form}
    return render(request, "initiatives/new_list.html", facts, status=422 if form.errors else 200)


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def pending(request, cycle_id, pending_id):
    """What was read, before it is accepted. A POST corrects the columns."""
    cycle = cycle_of(request.user, cycle_id)
    kept = _pending(request, cycle, pending_id)
    if request.method == "POST":
        kept.mapping = _posted_mapping(request, kept)
        kept.save(update_fields=["mapping"])
        return redirect("initiatives:pending", cycle.pk, kept.pk)
    return render(request, "initiatives/pending.html", _pending_facts(cycle, kept))


def _pending(request, cycle, pending_id) -> PendingList:
    kept = PendingList.objects.filter(pk=pending_id, cycle=cycle, user=request.user).first()
    if kept is None:
        raise Http404
    return kept


def _raw(kept: PendingList):
    name = kept.name if "." in kept.name else "cells.csv"
    return files.read(bytes(kept.data), name)


def _mapping(kept: PendingList) -> dict:
    return {sheet: {int(c): f for c, f in fields.items()} for sheet, fields in kept.mapping.items()}


def _pending_facts(cycle, kept) -> dict:
    raws = {sheet.name: sheet for sheet in _raw(kept)}
    facts = {
        "cycle": cycle,
        "pending": kept,
        "fields": FIELD_WORDS.items(),
        "statuses": commands.STATUSES.items(),
    }
    try:
        found = preview.of_sheets(list(raws.values()), _mapping(kept))
    except files.Unreadable as unreadable:
        width = max((len(row) for raw in raws.values() for row in raw.rows), default=0)
        first = next(iter(raws.values()), None)
        cells = first.rows[:5] if first else []
        return facts | {
            "error": str(unreadable),
            "columns": range(width),
            "cells": cells,
            "sheet": first.name if first else "",
        }
    here = queries.already_here(cycle, found)
    sheets = [
        {
            "name": sheet.name,
            "rows": [{"row": row, "known": row.fingerprint in here} for row in sheet.rows],
            "columns": queries.column_views(sheet, raws[sheet.name]),
            "left_out": sheet.left_out,
            "number": number,
        }
        for number, sheet in enumerate(found.sheets)
        if sheet.columns
    ]
    return facts | {"preview": found, "sheets": sheets, "unknown": queries.unknown_statuses(found)}


def _posted_mapping(request, kept) -> dict:
    mapping: dict[str, dict] = {}
    for number, sheet in enumerate(_raw(kept)):
        for column in range(files.MOST_COLUMNS):
            chosen = request.POST.get(f"column-{number}-{column}")
            if chosen is not None and (chosen in columns.FIELDS or chosen == ""):
                mapping.setdefault(sheet.name, {})[str(column)] = chosen
    return mapping


@for_audience("signed-in")
@require_POST
def accepting(request, cycle_id, pending_id):
    """Brings in what was shown."""
    cycle = cycle_of(request.user, cycle_id)
    kept = _pending(request, cycle, pending_id)
    found = preview.of_sheets(_raw(kept), _mapping(kept))
    names = {str(number): sheet.name for number, sheet in enumerate(found.sheets)}
    choices = commands.Choices(
        sheets=frozenset(names[n] for n in request.POST.getlist("sheet") if n in names),
        take_proposed_dates=request.POST.get("proposed") == "1",
        statuses={w: request.POST.get(f"status-{w}", "") for w in queries.unknown_statuses(found)},
        keep_repeats=_rows(request, "keep", names),
        leave_out=_rows(request, "leave", names),
    )
    brought = commands.bring(cycle, found, name=kept.name, by=request.user, choices=choices)
    kept.delete()
    messages.success(
        request, _("%(count)d initiatives were brought in.") % {"count": brought.initiatives.count()}
    )
    return redirect("initiatives:initiatives", cycle.pk)


def _rows(request, name: str, names: dict) -> frozenset:
    """{(sheet, row)} from fields such as keep=0:60."""
    pairs = (value.split(":", 1) for value in request.POST.getlist(name) if ":" in value)
    return frozenset((names[n], int(row)) for n, row in pairs if n in names and row.isdigit())


@for_audience("signed-in")
@require_POST
def undoing(request, cycle_id, list_id):
    cycle = cycle_of(request.user, cycle_id)
    brought = cycle.lists.filter(pk=list_id).first()
    if brought is None:
        raise Http404
    count = commands.undo_bring(brought)
    messages.success(request, _("%(count)d initiatives were taken away again.") % {"count": count})
    return redirect("initiatives:initiatives", cycle.pk)
