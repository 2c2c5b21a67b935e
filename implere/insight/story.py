"""An initiative's own story, read top to bottom: where it came from, how it was placed, what was agreed. A fixed number of queries,
and never a name where it was anonymous."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from implere import rooms
from implere.boards.models import Origin
from implere.decisions.models import Decision
from implere.initiatives.models import Initiative
from implere.meetings.models import Meeting, Release
from implere.method import reader
from implere.practice.models import Indicator, Mark, Translation


@dataclass
class Source:
    """A meeting that the initiative came from: when, whose, and what was written, where its words may be seen."""

    meeting: Meeting
    on: date | None
    notes: list[str] = field(default_factory=list)
    hidden: int = 0


@dataclass(frozen=True)
class Placement:
    """A placement at its time; `stands` where it still holds."""

    on: date
    today: Any
    onwards: Any
    reasons: str
    resources: str
    forecast: int | None
    stands: bool
    not_begun: bool


@dataclass(frozen=True)
class Event:
    """A line of the timeline."""

    on: date
    text: str
    anchor: str = ""


def origin(initiative: Initiative) -> list[Source]:
    """The meetings whose notes became the initiative. An employees' meeting shows its words only if it let them go. Two queries."""
    rows = Origin.objects.filter(
        initiative=initiative, note__removed_at=None, note__activity__showing__isnull=False
    ).select_related("note__activity__meeting")
    released = set(
        Release.objects.filter(organisation_id=initiative.organisation_id, words=True).values_list(
            "meeting_id", flat=True
        )
    )
    found: dict[Any, Source] = {}
    for row in rows:
        meeting = row.note.activity.meeting
        source = found.setdefault(meeting.pk, Source(meeting, _day(meeting.planned_at or meeting.opened_at)))
        if meeting.audience == Meeting.Audience.LEADERS or meeting.pk in released:
            source.notes.append(row.note.text)
        else:
            source.hidden += 1
    for source in found.values():
        source.notes.sort()  # no order of writing is told
    return sorted(found.values(), key=lambda s: (s.on or date.max, s.meeting.title))


def _day(moment) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def decisions(initiative: Initiative) -> list[Decision]:
    """All that was settled about it, also what stands no more, oldest first. One query."""
    rows = Decision.objects.filter(initiative=initiative).select_related("subject__activity__meeting")
    return list(rows.order_by("settled_at"))


def placements(rows: list[Decision]) -> list[Placement]:
    names = {a.id: a for a in reader.load().approaches}
    return [
        Placement(
            _day(row.settled_at), names.get(row.today), names.get(row.onwards), row.reasons, row.resources,
            row.stated if row.probability is None else row.probability, row.reopened_at is None,
            bool(row.today) and row.today not in names,
        )
        for row in rows
        if row.onwards
    ]  # fmt: skip


def next_steps(rows: list[Decision]) -> list[Decision]:
    return [row for row in rows if row.what and row.reopened_at is None]


def timeline(initiative: Initiative) -> list[Event]:
    """What happened, by date. Six queries, and those of the rooms that register."""
    rows = decisions(initiative)
    names = {a.id: str(a.name) for a in reader.load().approaches}
    events = [Event(_day(initiative.created_at), _began(initiative), "origin")]
    for source in origin(initiative):
        if source.on:
            events.append(
                Event(source.on, _("Came up at “%(title)s”") % {"title": source.meeting.title}, "origin")
            )
    for row in rows:
        if row.onwards:
            words = _("Placed: %(name)s from now on") % {"name": names.get(row.onwards, row.onwards)}
            events.append(Event(_day(row.settled_at), words, "placements"))
        if row.what and row.reopened_at is None:
            words = _("Agreed: %(what)s") % {"what": row.what}
            events.append(Event(_day(row.settled_at), words, "next-steps"))
    for on, title in (
        Indicator.objects.filter(initiative=initiative, removed_at=None)
        .exclude(changed_on=None)
        .values_list("changed_on", "title")
    ):
        events.append(Event(on, _("Daily practice changed (%(title)s)") % {"title": title}, "effects"))
    events += [
        Event(on, text, "effects")
        for on, text in Mark.objects.filter(initiative=initiative).values_list("on", "text")
    ]
    events += _translated(initiative)
    events += [Event(on, text) for each in rooms.initiative_marks for on, text in each(initiative)]
    return sorted(events, key=lambda event: event.on)


def _began(initiative: Initiative) -> str:
    return {
        Initiative.Source.LIST: _("Brought in with a list"),
        Initiative.Source.MEETING: _("Made from notes at a meeting"),
    }.get(initiative.source, _("Typed in"))


def _translated(initiative: Initiative) -> list[Event]:
    """A line for each day that units wrote, not one for each unit."""
    days: dict[date, set[str]] = defaultdict(set)
    for at, unit in Translation.objects.filter(initiative=initiative).values_list("written_at", "unit__name"):
        days[_day(at)].add(unit)
    return [
        Event(on, _("Written what it means: %(units)s") % {"units": ", ".join(sorted(units))}, "meaning")
        for on, units in days.items()
    ]


def of_cycle(initiative: Initiative) -> list[Initiative]:
    """The same initiative in other cycles, by its title, so that a leader can follow it over the years. One query."""
    same = Q(title__iexact=initiative.title) & ~Q(pk=initiative.pk)
    rows = Initiative.objects.filter(same, organisation_id=initiative.organisation_id, removed_at=None)
    return list(rows.select_related("cycle").order_by("cycle__starts_on"))
