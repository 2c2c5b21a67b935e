"""A page issues a fixed number of queries however much it shows: the same for 10 rows of everything as for 1,000."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from implere.ballots.models import Answer, Reveal, Revote
from implere.boards.commands import show_notes
from implere.boards.models import Merge, Note, NoteSubject, Origin
from implere.conftest import Phone
from implere.decisions.models import Decision
from implere.initiatives.models import Chosen, Cycle, Initiative, Theme
from implere.meetings import commands, reach
from implere.meetings.models import Subject
from implere.rules.relative_dates import months_later

FEW, MANY = 10, 1000
KINDS = {
    "brainstorm": "board",
    "grouping": "board",
    "five_questions": "board",
    "choice": "ballot",
    "placement": "ballot",
    "next_step": "decision",
}


def filled(municipality, facilitator, kind: str, rows: int):
    """An open activity of the kind with that many rows of everything that it can show. (meeting, a phone in it)."""
    cycle = Cycle.objects.create(
        organisation=municipality, name=f"{kind} {rows}", starts_on="2026-12-01", ends_on="2027-11-30"
    )
    own = {"organisation_id": municipality.pk}
    theme = Theme.objects.create(cycle=cycle, title="Et tema", **own)
    initiatives = Initiative.objects.bulk_create(
        Initiative(cycle=cycle, title=f"Tiltag {n}", position=n, theme=theme if n % 2 else None, **own)
        for n in range(rows)
    )
    Chosen.objects.bulk_create(Chosen(initiative=i, position=n, **own) for n, i in enumerate(initiatives))
    meeting = commands.make_meeting(cycle, by=facilitator, title="Stort", template="whole_method_3h")
    commands.open_meeting(meeting)
    phone = Phone(meeting)
    activity = meeting.activities.get(kind=kind)
    if kind == "grouping":
        write_notes(meeting.activities.get(kind="brainstorm"), initiatives, rows)
    commands.open_activity(activity)
    activity.refresh_from_db()
    if activity.mechanism == "board":
        if kind != "grouping":
            write_notes(activity, initiatives, rows)
            show_notes(activity)
    else:
        activity.subjects.all().delete()
        settle(activity, initiatives, own)
    return meeting, phone


def write_notes(activity, initiatives, rows: int) -> None:
    own = {"organisation_id": activity.organisation_id}
    zones = list(activity.zones.all()) or [None]
    notes = Note.objects.bulk_create(
        Note(activity=activity, text=f"Seddel {n}", zone=zones[n % len(zones)], **own) for n in range(rows)
    )
    now = timezone.now()
    Note.objects.bulk_create(
        Note(activity=activity, text=f"Sen {n}", late="waiting", removed_at=now, **own) for n in range(rows)
    )
    half = rows // 2
    Merge.objects.bulk_create(Merge(note=n, into=notes[0], **own) for n in notes[half:])
    NoteSubject.objects.bulk_create(
        NoteSubject(note=n, initiative=i, **own) for n, i in zip(notes[:half], initiatives, strict=False)
    )
    Origin.objects.bulk_create(
        Origin(note=n, initiative=i, **own) for n, i in zip(notes[:half], initiatives, strict=False)
    )


def settle(activity, initiatives, own) -> None:
    """Answers to all, revealed; second rounds open on some; decisions on all."""
    subjects = Subject.objects.bulk_create(
        Subject(activity=activity, text=i.title, initiative=i, position=n, **own)
        for n, i in enumerate(initiatives)
    )
    said = {
        "today": "do_it",
        "onwards": "do_it",
        "forecast": "50",
        "dots": "1",
        "sure": "50",
        "met": "yes",
    }
    Answer.objects.bulk_create(
        Answer(activity=activity, subject=s, round=1, writer=f"{s.pk}-{n}", values=said, **own)
        for s in subjects
        for n in range(3)
    )
    Reveal.objects.create(activity=activity, round=1, **own)
    if activity.config.get("rounds"):
        Revote.objects.bulk_create(Revote(subject=s, **own) for s in subjects[::2])
    now = activity.opened_at
    Decision.objects.bulk_create(
        Decision(
            subject=s, initiative=s.initiative, today="do_it", onwards="do_it", what="Noget", settled_at=now,
            review_on=months_later(now.date(), -1), **own,
        )
        for s in subjects
    )  # fmt: skip
    activity.focus = subjects[0]
    activity.save()


def queries(client, address: str) -> int:
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_issues_the_same_number_of_queries_for_few_and_many(municipality, facilitator, desk, kind):
    counts = {}
    for rows in (FEW, MANY):
        meeting, phone = filled(municipality, facilitator, kind, rows)
        activity, cycle = meeting.activities.get(kind=kind), meeting.cycle_id
        assert activity.mechanism == KINDS[kind]
        addresses = {
            "phone": (phone, f"/m/{meeting.pk}/"),
            "mine": (phone, f"/m/{meeting.pk}/activities/{activity.pk}/mine/"),
            "screen": (Client(), f"/m/{meeting.pk}/screen/{reach.screen_key(meeting)}/"),
            "desk": (desk, f"/m/{meeting.pk}/desk/"),
            "history": (desk, f"/m/{meeting.pk}/activities/{activity.pk}/history/"),
            "minutes": (desk, f"/m/{meeting.pk}/minutes/"),
            "workbook": (desk, f"/m/{meeting.pk}/minutes.xlsx"),
            "exchange": (desk, f"/m/{meeting.pk}/meeting.json"),
            "cycle": (desk, f"/cycles/{cycle}/"),
            "initiatives": (desk, f"/cycles/{cycle}/initiatives/"),
            "prepare": (desk, f"/m/{meeting.pk}/prepare/"),
        }
        if kind == "placement":
            commands.focus(activity, view="map")
            addresses["map"] = addresses["screen"]
        for page, (client, address) in addresses.items():
            counts.setdefault(page, []).append(queries(client, address))
    growing = {page: pair for page, pair in counts.items() if pair[0] != pair[1]}
    assert not growing
    file = counts.pop("exchange")  # all that a meeting and its cycle hold, from every room
    assert max(file) <= 120 and max(max(pair) for pair in counts.values()) <= 80, (file, counts)
