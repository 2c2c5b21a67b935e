"""Notes that come when their activity has closed: kept once, offered to the facilitator, tied to nobody."""

import uuid

import pytest
from django.db import connection

from implere.boards import queries
from implere.boards.models import Note
from implere.conftest import Phone
from implere.live.models import Event
from implere.meetings import commands
from implere.meetings.models import Step
from implere.reports import exchange

pytestmark = pytest.mark.django_db
WORDS = "Den lå i lommen"


@pytest.fixture
def closed(activity, phones, meeting):
    """A brainstorm with a note that was shown, closed since; and a phone."""
    board, phone = activity("brainstorm"), phones(1)[0]
    sent = phone.send(f"activities/{board.pk}/notes/", {"text": "I tide"})
    assert sent.status_code == 200
    commands.close_activity(board)
    board.refresh_from_db()
    return board, phone


def send(phone, board, text=WORDS, **more):
    return phone.send(f"activities/{board.pk}/notes/", {"text": text, **more})


def decide(desk, board, note, what):
    address = f"/m/{board.meeting_id}/activities/{board.pk}/notes/{note.pk}/{what}/"
    return desk.post(address, headers={"HX-Request": "true"})


def test_a_late_note_is_handed_to_the_facilitator_and_its_writer_is_told(closed, desk, meeting):
    board, phone = closed
    answer = send(phone, board)
    assert answer.status_code == 202 and "Facilitatoren har fået det" in answer.text and WORDS in answer.text
    assert "data-refusal" not in answer.text
    page = desk.get(f"/m/{meeting.pk}/desk/").text
    assert "1 seddel kom for sent" in page
    assert WORDS not in page  # its board's notes have not been shown
    assert queries.count(board) == 1 and WORDS not in phone.get(f"/m/{meeting.pk}/").text


def test_its_words_are_seen_where_the_notes_are(closed, activity, desk, meeting):
    board, phone = closed
    activity("grouping")
    send(phone, board)
    assert WORDS in desk.get(f"/m/{meeting.pk}/desk/").text


def test_the_same_command_is_one_late_note_and_gets_the_same_answer(closed):
    board, phone = closed
    for _time in range(3):
        answer = send(phone, board, command_id="once")
        assert answer.status_code == 202 and WORDS in answer.text
    assert Note.objects.filter(late="waiting").count() == 1


def test_without_the_script_the_whole_page_says_it(closed, meeting):
    board, phone = closed
    page = phone.post(f"/m/{meeting.pk}/activities/{board.pk}/notes/", {"text": WORDS})
    assert page.status_code == 202 and WORDS in page.text and "<html" in page.text


def test_it_is_taken_in_wherever_its_board_lies_and_that_can_be_undone(closed, activity, desk, meeting):
    board, phone = closed
    send(phone, board)
    grouping, note = activity("grouping"), Note.objects.get(late="waiting")
    assert decide(desk, board, note, "taking-in").status_code == 200
    assert {n.text for n in queries.board(grouping).by_id.values()} == {"I tide", WORDS}
    assert decide(desk, board, note, "taking-in").status_code == 409
    commands.undo(meeting)
    assert {n.text for n in queries.board(grouping).by_id.values()} == {"I tide"}
    assert "1 seddel kom for sent" in desk.get(f"/m/{meeting.pk}/desk/").text
    commands.redo(meeting)
    assert queries.count(grouping) == 2


def test_it_is_left_out_and_kept_with_the_meeting(closed, desk, meeting):
    board, phone = closed
    send(phone, board)
    note = Note.objects.get(late="waiting")
    assert decide(desk, board, note, "leaving-out").status_code == 200
    assert "kom for sent" not in desk.get(f"/m/{meeting.pk}/desk/").text
    send(phone, board, "Endnu en")
    commands.close_meeting(meeting)
    document = exchange.export(meeting)
    again = exchange.export(exchange.restore(document))
    for each in (document, again):
        notes = next(a for a in each["activities"] if a["kind"] == "brainstorm")["content"]["notes"]
        late = {(n["text"], n["late"], n["removed"]) for n in notes}
        assert late == {
            ("I tide", "", False),
            (WORDS, "left_out", True),
            ("Endnu en", "waiting", True),
        }


def test_it_is_tied_to_nobody_and_carries_no_time_of_its_own(closed):
    board, phone = closed
    for number in range(3):
        send(phone, board, f"Sen {number}")
    rows = list(Note.objects.filter(late="waiting"))
    assert {(n.participant_id, n.writer, n.group_id, n.removed_at) for n in rows} == {
        (None, "", None, board.closed_at)
    }
    assert {uuid.UUID(str(n.pk)).version for n in rows} == {4}
    assert all(not event.payload for event in Event.objects.filter(kind="late"))
    assert not Step.objects.filter(verb__in=["take_in", "leave_out"]).exists()


def test_when_the_meeting_closes_no_order_of_them_is_left(activity, meeting):
    board = activity("brainstorm")
    people = [Phone(meeting) for _ in range(6)]
    commands.close_activity(board)
    for number, phone in enumerate(people):
        for turn in range(4):
            assert send(phone, board, f"{number}-{turn}").status_code == 202
    keys = set(Note.objects.values_list("pk", flat=True))
    commands.close_meeting(meeting)
    assert not keys & set(Note.objects.values_list("pk", flat=True))
    lies = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"select text from boards_note order by {lies}")
        texts = [row[0] for row in cursor.fetchall()]
    assert (
        sum(a[0] == b[0] for a, b in zip(texts, texts[1:], strict=False)) < 13
    )  # of 23; 18 as they were written


def test_after_the_meeting_nothing_is_taken_in_and_the_writer_keeps_the_text(closed, desk, meeting):
    board, phone = closed
    send(phone, board)
    commands.close_meeting(meeting)
    answer = send(phone, board, "Meget for sent")
    assert answer.status_code == 409 and "Meget for sent" in answer.text and "data-refusal" in answer.text
    assert not Note.objects.filter(text="Meget for sent").exists()
    note = Note.objects.get(late="waiting")
    assert decide(desk, board, note, "taking-in").status_code == 409
    assert note.removed_at


def test_new_words_for_a_note_are_handed_in_beside_it(activity, phones):
    board, phone = activity("five_questions"), phones(1)[0]
    cell = board.zones.first()
    assert send(phone, board, "Før", cell=str(cell.pk)).status_code == 200
    note = Note.objects.get()
    commands.close_activity(board)
    path = f"activities/{board.pk}/notes/{note.pk}/wording/"
    assert phone.send(path, {"text": "Efter", "version": "1"}).status_code == 202
    late = Note.objects.get(late="waiting")
    note.refresh_from_db()
    assert (late.text, late.zone_id, note.text) == ("Efter", cell.pk, "Før")


@pytest.mark.parametrize("text", ["", "   ", "x" * 5000])
def test_what_is_no_note_in_time_is_none_late(closed, text):
    board, phone = closed
    answer = send(phone, board, text)
    assert answer.status_code == 409 and text.strip() in answer.text
    assert not Note.objects.filter(late="waiting").exists()


def test_where_it_has_names_the_name_comes_along(activity, phones, meeting, desk):
    board, phone = activity("brainstorm"), phones(1)[0]
    board.anonymous = False
    board.save()
    phone.send(f"activities/{board.pk}/name/", {"name": "Bente"})
    commands.close_activity(board)
    assert send(phone, board).status_code == 202
    assert Note.objects.get().participant.name == "Bente"


def test_a_ballots_answer_that_comes_late_is_refused_in_words(activity, phones, initiatives):
    choice, phone = activity("choice"), phones(1)[0]
    commands.close_activity(choice)
    subject = choice.subjects.first()
    answer = phone.send(f"activities/{choice.pk}/answers/", {"subject": str(subject.pk), "dots": "1"})
    assert answer.status_code == 409 and "kom for sent og tæller ikke med" in answer.text
    assert not choice.answers.exists()
