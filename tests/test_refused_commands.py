"""Commands that come too late, that name what belongs to others, or that are nonsense: a clear answer, nothing lost, nothing done."""

import re
import uuid
from uuid import uuid4

import pytest
from django.urls import get_resolver

from implere.ballots.commands import reveal
from implere.ballots.models import Answer
from implere.boards.commands import name_theme, place_note
from implere.boards.models import Note
from implere.conftest import Phone
from implere.initiatives.models import Chosen, Cycle, Initiative
from implere.live.models import Event
from implere.meetings import commands
from implere.organisation.models import Organisation

pytestmark = pytest.mark.django_db
WORDS = "En tanke, der kom for sent"
CLOSED = "lukket"


def posting_routes(part: str) -> list[str]:
    """The last parts of the addresses below an activity that take a command."""
    found = []
    for group in get_resolver().url_patterns:
        for pattern in getattr(group, "url_patterns", []):
            route = str(pattern.pattern)
            if "<uuid:activity_id>/" in route and route.startswith(part):
                found.append(route)
    return found


@pytest.fixture
def board(activity, phones, initiatives):
    """A brainstorm with a note of the first phone, and a grouping with a theme."""
    phone = phones(1)[0]
    brainstorm = activity("brainstorm")
    note = place_note(brainstorm, phone.participant, "Nyt lønsystem")
    return brainstorm, phone, note


# (kind, what comes after the activity's address, the form): every command of a participant.
PARTICIPANTS = [
    ("brainstorm", "notes/", {"text": WORDS}),
    ("brainstorm", "notes/{note}/wording/", {"text": WORDS, "version": "1"}),
    ("brainstorm", "notes/{note}/removal/", {}),
    ("proposals", "putting-together/", {"note": "{note}"}),
    ("brainstorm", "name/", {"name": "Bente"}),
    ("grouping", "notes/{note}/place/", {"zone": "{zone}", "version": "1"}),
    ("choice", "answers/", {"subject": "{subject}", "dots": "1"}),
    ("placement", "answers/", {"subject": "{subject}", "today": "do_it"}),
]
FACILITATORS = [
    ("brainstorm", "notes/{note}/taking-away/", {}),
    ("brainstorm", "notes/{note}/taking-in/", {}),
    ("brainstorm", "notes/{note}/leaving-out/", {}),
    ("brainstorm", "showing/", {}),
    ("brainstorm", "hiding/", {}),
    ("brainstorm", "paper/", {"text": WORDS}),
    ("brainstorm", "opening/", {}),
    ("brainstorm", "closing/", {}),
    ("brainstorm", "focus/", {}),
    ("brainstorm", "minutes/", {"minutes": "5"}),
    ("brainstorm", "pause/", {}),
    ("brainstorm", "resumption/", {}),
    ("grouping", "notes/{note}/desk-place/", {"zone": "{zone}"}),
    ("grouping", "notes/{note}/parting/", {}),
    ("grouping", "themes/", {"title": WORDS}),
    ("grouping", "themes/{zone}/name/", {"title": WORDS}),
    ("grouping", "themes/{zone}/removal/", {}),
    ("grouping", "gathering/", {"note": "{note}", "as": "initiative", "title": WORDS}),
    ("choice", "reveal/", {}),
    ("choice", "reveal/hiding/", {}),
    ("choice", "choice/", {"subject": "{subject}"}),
    ("placement", "subjects/{subject}/revote/", {}),
    ("placement", "subjects/{subject}/revote/reveal/", {}),
    ("placement", "agreement/", {}),
    ("placement", "actions/{other}/reflection/", {}),
    ("placement", "reviews/{other}/", {}),
    ("placement", "subjects/{subject}/placement/", {"today": "do_it", "onwards": "do_it", "reasons": WORDS}),
    ("placement", "subjects/{subject}/reopening/", {}),
    ("next_step", "subjects/{subject}/proposal/", {}),
    ("next_step", "subjects/{subject}/next-step/", {"what": WORDS, "owner": "Chefen", "due": "om to uger"}),
]  # fmt: skip


def filled(meeting, note, kind, path, form):
    """(activity, path, form) with the meeting's own ids in them, on an opened activity."""
    activity = meeting.activities.get(kind=kind)
    zone, subject = "", ""
    if "zone" in path + str(form):
        commands.open_activity(activity)
        name_theme(activity, "Ældre")
        zone = str(activity.zones.first().pk)
    if "subject" in path + str(form):
        commands.open_activity(activity)
        row = activity.subjects.first() or activity.subjects.create(
            organisation_id=meeting.organisation_id, text="Et forslag", position=1
        )
        subject = str(row.pk)
    ids = {"note": str(note.pk), "zone": zone, "subject": subject, "other": str(uuid4())}
    return activity, path.format(**ids), {name: value.format(**ids) for name, value in form.items()}


@pytest.mark.parametrize(("kind", "path", "form"), PARTICIPANTS)
@pytest.mark.parametrize("what", ["activity", "meeting"])
def test_what_a_phone_sends_too_late_is_told_and_the_text_is_still_there(
    meeting, board, kind, path, form, what
):
    _brainstorm, phone, note = board
    is_handed_in = what == "activity" and "text" in form  # boards/tests/test_late_notes.py
    activity, path, form = filled(meeting, note, kind, path, form)
    if activity.opened_at is None:
        commands.open_activity(activity)
    commands.close_activity(activity) if what == "activity" else commands.close_meeting(meeting)
    before = (Note.objects.count(), Answer.objects.count(), Event.objects.count())
    answer = phone.send(f"activities/{activity.pk}/{path}", form | {"command_id": "late"})
    status = 202 if is_handed_in else 409
    assert answer.status_code == status
    assert CLOSED in answer.text and (form.get("text", "") in answer.text)
    plain = phone.post(f"/m/{meeting.pk}/activities/{activity.pk}/{path}", form)
    assert plain.status_code == status and CLOSED in plain.text and form.get("text", "") in plain.text
    assert is_handed_in or (Note.objects.count(), Answer.objects.count(), Event.objects.count()) == before


def test_personal_data_can_be_struck_when_the_meeting_is_over(meeting, desk, board):
    brainstorm, _phone, _note = board
    commands.close_meeting(meeting)
    note = Note.objects.get()
    answer = desk.post(
        f"/m/{meeting.pk}/activities/{brainstorm.pk}/notes/{note.pk}/striking/", {"words": "Nyt"}
    )
    note.refresh_from_db()
    assert answer.status_code == 303 and note.struck and "Nyt" not in note.text


def test_every_command_is_in_the_tables():
    known = {re.sub(r"{\w+}", "X", path) for _kind, path, _form in PARTICIPANTS + FACILITATORS}
    also_in_a_closed_meeting = {"notes/X/striking/"}
    preparing = {"mine/", "preview/", "history/", "words/", "removal/", "place/"}
    routes = {
        re.sub(r"<[^>]+>", "X", route.split("<uuid:activity_id>/")[1]) for route in posting_routes("m/")
    }
    assert routes - preparing - also_in_a_closed_meeting == known


@pytest.mark.parametrize(("kind", "path", "form"), FACILITATORS)
def test_no_command_of_the_desk_does_anything_in_a_closed_meeting(meeting, desk, board, kind, path, form):
    _brainstorm, _phone, note = board
    activity, path, form = filled(meeting, note, kind, path, form)
    commands.close_meeting(meeting)
    note = Note.objects.get()
    path = re.sub(r"notes/[^/]+/", f"notes/{note.pk}/", path)
    before = Event.objects.count(), note.text, note.removed_at
    answer = desk.post(
        f"/m/{meeting.pk}/activities/{activity.pk}/{path}", form, headers={"HX-Request": "true"}
    )
    note.refresh_from_db()
    assert (Event.objects.count(), note.text, note.removed_at) == before
    assert answer.status_code == 409 and CLOSED in answer.text


@pytest.fixture
def elsewhere(stranger):
    """Another organisation's meeting, with a note, a theme, a subject: (activity of a kind, ids)."""
    organisation = Organisation.objects.get(name="Fjordby Kommune")
    cycle = Cycle.objects.create(
        organisation=organisation, name="Deres", starts_on="2026-12-01", ends_on="2027-11-30"
    )
    Initiative.objects.create(organisation=organisation, cycle=cycle, title="Deres tiltag", position=1)
    theirs = commands.make_meeting(cycle, by=stranger, title="Deres", template="whole_method_3h")
    commands.open_meeting(theirs)
    brainstorm = theirs.activities.get(kind="brainstorm")
    commands.open_activity(brainstorm)
    note = place_note(brainstorm, Phone(theirs).participant, "Deres seddel")
    return theirs, note


@pytest.mark.parametrize(("kind", "path", "form"), PARTICIPANTS + FACILITATORS)
def test_the_ids_of_others_are_not_found(meeting, desk, board, elsewhere, kind, path, form):
    _brainstorm, phone, _note = board
    theirs, their_note = elsewhere
    their_activity, path, form = filled(theirs, their_note, kind, path, form)
    sender = phone if (kind, path) in [(k, p) for k, p, _f in PARTICIPANTS] or "answers" in path else desk
    before = (Note.objects.count(), Answer.objects.count(), Initiative.objects.count())
    for activity in (their_activity, meeting.activities.get(kind=kind)):
        address = f"/m/{meeting.pk}/activities/{activity.pk}/{path}"
        answer = sender.post(address, form, headers={"HX-Request": "true"})
        foreign = activity is their_activity or re.search("[0-9a-f-]{36}", path + str(form))
        if foreign:
            assert answer.status_code in (404, 409), path
    their_note.refresh_from_db()
    assert their_note.text == "Deres seddel" and their_note.removed_at is None
    after = (Note.objects.count(), Answer.objects.count(), Initiative.objects.count())
    assert after == before or not re.search("[0-9a-f-]{36}", path + str(form))


NONSENSE = [
    "",
    "0",
    "not-an-id",
    "' or 1=1 --",
    str(uuid.uuid4()),
    "🙂" * 50,
    "9" * 400,
    "\x00",
    "-1",
    "1e9",
    "٣",
]


@pytest.mark.parametrize(("kind", "path", "form"), PARTICIPANTS + FACILITATORS)
def test_nonsense_in_any_field_is_answered_and_harms_nothing(meeting, desk, board, kind, path, form):
    _brainstorm, phone, note = board
    activity, path, form = filled(meeting, note, kind, path, form)
    if activity.opened_at is None:
        commands.open_activity(activity)
    is_phones = (
        "answers/" in path
        or path.startswith("notes/")
        and path.endswith(("notes/", "wording/", "removal/", "/place/"))
    )
    sender = phone if is_phones else desk
    fields = {
        *form,
        "version",
        "cell",
        "initiative",
        "command_id",
        "subject",
        "zone",
        "note",
        "view",
        "minutes",
    }
    for name in sorted(fields):
        for value in NONSENSE:
            answer = sender.post(
                f"/m/{meeting.pk}/activities/{activity.pk}/{path}",
                form | {name: value},
                headers={"HX-Request": "true"},
            )
            assert answer.status_code in (200, 404, 409), (name, value, answer.status_code)


def test_a_ballot_that_was_revealed_takes_no_more_answers(activity, phones, initiatives):
    everybody = phones(5)
    for each in initiatives:
        Chosen.objects.create(organisation_id=each.organisation_id, initiative=each, position=each.position)
    placement = activity("placement")
    subject = placement.subjects.first()
    for phone in everybody:
        assert phone.send(
            f"activities/{placement.pk}/answers/", {"subject": str(subject.pk), "today": "do_it"}
        ).status_code == 200  # fmt: skip
    reveal(placement)
    late = everybody[0].send(
        f"activities/{placement.pk}/answers/", {"subject": str(subject.pk), "today": "close_by"}
    )
    assert late.status_code == 409
    assert not Answer.objects.filter(values__today="close_by").exists()
