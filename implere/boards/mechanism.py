"""How a board answers for an activity (rooms.Mechanism)."""

from collections import defaultdict

from django.template.loader import render_to_string

from implere.boards import keeping, late, queries
from implere.boards.commands import facilitating, grouping
from implere.boards.models import Note, Zone
from implere.initiatives.models import Initiative, Theme
from implere.meetings.models import Activity, Deal
from implere.meetings.queries import words
from implere.method import reader
from implere.rooms import Mechanism, SubjectDraft, Viewer


def panel(activity: Activity, viewer: Viewer) -> str:
    """The public part. Until the notes are shown, nobody gets one: counts alone, on the desk too."""
    shown = queries.is_shown(activity)
    facts = {
        "activity": activity,
        "config": activity.config,
        "count": queries.count(activity),
        "shown": shown,
        "surface": viewer.surface,
        "matrix": isinstance(activity.config.get("zones"), dict),
        "zones": queries.themes(queries.zones_in_use(activity)),
        "tools": viewer.surface == "desk",
        "board": queries.board(activity) if shown else None,
        "listed": queries.listed(activity) if activity.config.get("shows_list") else [],
        "rows": _empty_rows(activity),
        "words": words(activity),
        "cells": _cells(activity, None) if viewer.surface == "desk" else [],
    }
    return render_to_string(f"boards/{viewer.surface}.html", facts)


def _empty_rows(activity: Activity) -> list:
    if not isinstance(activity.config.get("zones"), dict):
        return []
    groups = {}
    for deal in activity.deals.select_related("group"):
        groups.setdefault(deal.code, []).append(deal.group.number)
    return [
        {
            "code": code,
            "title": title,
            "approach": queries.slot(activity, code, reader.load()),
            "groups": groups.get(code, []),
        }
        for code, title in queries.matrix_entries(activity, "rows")
    ]


def private(activity: Activity, participant, *, typed=None, error="") -> str:
    """The participant's own notes and the text box; when grouping, the notes of its small group."""
    config = activity.config
    facts = {
        "activity": activity,
        "config": config,
        "participant": participant,
        "mine": queries.own_notes(activity, participant) if config.get("write") else [],
        "dealt": queries.dealt(activity, participant) if config.get("notes_from") else [],
        "own_group": queries.groups_notes(activity, participant) if activity.is_open else [],
        "zones": queries.themes(queries.zones_in_use(activity)),
        "cells": _cells(activity, participant),
        "initiatives": _initiatives(activity),
        "typed": typed or {},
        "error": error,
        "is_open": activity.is_open,
    }
    return render_to_string("boards/mine.html", facts)


def _cells(activity: Activity, participant) -> list[dict]:
    """The cells that one may write in: the rows dealt to one's small group, else all."""
    if not isinstance(activity.config.get("zones"), dict):
        return []
    group_id = participant.group_id if participant else None
    dealt = (
        set(Deal.objects.filter(activity=activity, group=group_id).values_list("code", flat=True))
        if group_id
        else set()
    )
    method, zones = reader.load(), defaultdict(list)
    for zone in Zone.objects.filter(activity=activity):
        zones[zone.row].append((zone.pk, queries.column_title(activity, zone.column, method)))
    return [
        {"title": title, "approach": queries.slot(activity, code, method), "zones": zones[code]}
        for code, title in queries.matrix_entries(activity, "rows")
        if not dealt or code in dealt
    ]


def _initiatives(activity: Activity) -> list[tuple]:
    asks = activity.config.get("asks_for_initiative")
    if not asks:
        return []
    rows = Initiative.objects.filter(cycle_id=activity.meeting.cycle_id, removed_at=None).order_by(
        "-chosen__position", "title"
    )
    chosen = rows.filter(chosen__isnull=False)
    return list((chosen if chosen.exists() else rows).values_list("pk", "title"))


def opened(activity: Activity) -> None:
    """Makes the board's zones, and deals to the small groups what is to be dealt."""
    zones = activity.config.get("zones")
    if isinstance(zones, dict):
        _make_cells(activity)
    elif zones == "themes":
        for theme in Theme.objects.filter(cycle_id=activity.meeting.cycle_id):
            if not Zone.objects.filter(activity=activity, theme=theme).exists():
                grouping.zone_of(activity, theme)
    deal = activity.config.get("deal")
    if deal == "notes" and activity.config.get("notes_from"):
        facilitating.deal_notes(activity)
    elif deal == "rows":
        facilitating.deal_rows(activity)


def _make_cells(activity: Activity) -> None:
    known = set(Zone.objects.filter(activity=activity).values_list("row", "column"))
    position = len(known)
    for row, _words in queries.matrix_entries(activity, "rows"):
        for column, _title in queries.matrix_entries(activity, "columns"):
            if (row, column) not in known:
                position += 1
                Zone.objects.create(
                    organisation_id=activity.organisation_id,
                    activity=activity,
                    row=row,
                    column=column,
                    position=position,
                )


def closed(activity: Activity) -> None:
    """Cuts the ties: no tag, and in an anonymous activity no small group on its notes."""
    if activity.anonymous:
        Note.objects.filter(activity=activity).update(writer="", group=None)


def subjects(activity: Activity) -> list[SubjectDraft]:
    """The notes at the top of their piles, for a later activity (rating, next step), at most `most`."""
    board = queries.board(activity)
    notes = sorted((n for zone in board.zones for n in zone.notes), key=lambda n: (-n.more, n.id))
    about = dict(
        Note.objects.filter(pk__in=[n.id for n in notes], about__isnull=False).values_list(
            "pk", "about__initiative_id"
        )
    )
    drafts = [SubjectDraft(note.text, about.get(note.id)) for note in notes]
    return drafts[: activity.config.get("most", len(drafts))]


MECHANISM = Mechanism(
    panel=panel,
    private=private,
    subjects=subjects,
    opened=opened,
    closed=closed,
    shred=keeping.shred,
    minutes=keeping.minutes,
    paper=keeping.paper,
    export=keeping.export,
    restore=keeping.restore,
    sheet=keeping.sheet,
    late=late.receive,
)
