"""Anonymity with the database in hand, as an administrator has it: tables, hidden row numbers, the raw file, the server's log."""

import logging
import time
import uuid
from pathlib import Path

import pytest
from django.db import connection

from implere.ballots import commands as ballots
from implere.ballots.models import Answer
from implere.boards import commands as boards
from implere.boards.models import Merge, Note, Origin
from implere.conftest import Phone
from implere.live.models import Event, Receipt
from implere.meetings import commands
from implere.meetings.closing import compact
from implere.meetings.models import ActivityKey, Step

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, NOTES_EACH = 8, 4


@pytest.fixture
def meeting_with_words(meeting, initiatives):
    """Eight phones; each writes four notes in its own turn and answers a ballot with its own pattern."""
    people = [Phone(meeting) for _ in range(PEOPLE)]
    board = meeting.activities.get(kind="brainstorm")
    commands.open_activity(board)
    for number, phone in enumerate(people):
        for turn in range(NOTES_EACH):
            sent = phone.send(
                f"activities/{board.pk}/notes/",
                {"text": f"{number}-{turn}", "command_id": f"c{number}-{turn}"},
            )
            assert sent.status_code == 200
    choice = meeting.activities.get(kind="choice")
    commands.open_activity(choice)
    for number, phone in enumerate(people):
        for subject in list(choice.subjects.all())[: 1 + number % 3]:
            phone.send(f"activities/{choice.pk}/answers/", {"subject": str(subject.pk), "dots": "1"})
    return meeting, people, board, choice


def rowids(table: str, column: str) -> list:
    """The column in the order that the rows lie in."""
    lies = "rowid" if connection.vendor == "sqlite" else "xmin::text::bigint, ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from {table} order by {lies}")
        return [row[0] for row in cursor.fetchall()]


def runs_of_one_writer(texts: list[str]) -> int:
    """How often two neighbours were written by the same phone."""
    return sum(a.split("-")[0] == b.split("-")[0] for a, b in zip(texts, texts[1:], strict=False))


def test_while_it_is_open_the_tags_of_two_answers_of_one_person_differ(meeting_with_words):
    _meeting, people, _board, choice = meeting_with_words
    tags = list(Answer.objects.filter(activity=choice).values_list("writer", flat=True))
    assert all(tags) and len(set(tags)) == len(tags)


def test_when_an_activity_closes_its_ties_are_gone(meeting_with_words):
    meeting, _people, board, choice = meeting_with_words
    assert not Note.objects.filter(activity=board).exclude(writer="").exists()
    assert not Note.objects.filter(activity=board, group__isnull=False).exists()
    commands.close_activity(choice)
    assert not Answer.objects.exclude(writer="").exists()
    assert not ActivityKey.objects.filter(activity__meeting=meeting).exists()


def test_when_the_meeting_closes_no_order_is_left(meeting_with_words):
    meeting, _people, _board, _choice = meeting_with_words
    before = [text for text in rowids("boards_note", "text") if "-" in text]
    assert runs_of_one_writer(before) == PEOPLE * (NOTES_EACH - 1)
    commands.close_meeting(meeting)
    after = [text for text in rowids("boards_note", "text") if "-" in text]
    assert sorted(after) == sorted(before)
    # By chance about 3 of 31 neighbours are alike; 16 or more would happen less than once in a million.
    assert runs_of_one_writer(after) < 16
    versions = {uuid.UUID(str(key)).version for key in Note.objects.values_list("pk", flat=True)}
    assert versions == {4}


def test_the_steps_the_payloads_the_times_and_the_order_of_receipts_go(meeting_with_words):
    meeting, _people, _board, _choice = meeting_with_words
    receipts = Receipt.objects.count()
    commands.close_meeting(meeting)
    assert not Step.objects.filter(meeting=meeting).exists()
    assert set(
        map(str, Event.objects.filter(channel__name=meeting.channel).values_list("payload", flat=True))
    ) == {"{}"}
    assert Event.objects.filter(channel__name=meeting.channel).values("at").distinct().count() == 1
    assert Receipt.objects.count() == receipts
    assert {receipt.outcome["kept"] for receipt in Receipt.objects.all()} == {True}


def test_a_late_repeat_after_closing_is_not_doubled(meeting_with_words):
    meeting, people, board, _choice = meeting_with_words
    commands.close_meeting(meeting)
    notes = Note.objects.count()
    again = people[0].send(f"activities/{board.pk}/notes/", {"text": "0-0", "command_id": "c0-0"})
    assert again.status_code == 200
    assert Note.objects.count() == notes


def files_of_the_database() -> list[Path]:
    """SQLite's file and its journal; the files of PostgreSQL's tables and indexes, its log of changes left out (SECURITY.md)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA database_list")
            name = cursor.fetchone()[2]
            return [file for end in ("", "-wal") if (file := Path(name + end)).exists()]
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        )
        folder, oid = cursor.fetchone()
    return [file for file in Path(folder, "base", str(oid)).iterdir() if file.is_file()]


def test_the_raw_file_holds_no_device_key_or_tag(meeting_with_words):
    meeting, people, board, choice = meeting_with_words
    commands.open_activity(choice)
    secrets = [phone.cookies["device"].value.encode() for phone in people]
    secrets += [bytes(key) for key in ActivityKey.objects.values_list("key", flat=True)]
    secrets += [tag.encode() for tag in Answer.objects.exclude(writer="").values_list("writer", flat=True)]
    commands.close_meeting(meeting)
    patience = time.monotonic() + 20
    while not compact() and time.monotonic() < patience:
        pass  # the database's own housekeeping reads just now
    raw = b"".join(file.read_bytes() for file in files_of_the_database())
    assert raw and not [secret for secret in secrets if secret in raw]


def test_what_notes_point_to_survives_the_cut(meeting, phones):
    board = meeting.activities.get(kind="brainstorm")
    commands.open_activity(board)
    board.refresh_from_db()
    person = phones(1)[0].participant
    first, second = (boards.place_note(board, person, text) for text in ("den første", "den anden"))
    grouping = meeting.activities.get(kind="grouping")
    commands.open_activity(grouping)
    grouping.refresh_from_db()
    boards.merge(grouping, second.pk, first.pk)
    boards.make_initiative(grouping, [first.pk], "Samlet")
    commands.close_meeting(meeting)
    merge = Merge.objects.get()
    assert (merge.note.text, merge.into.text) == ("den anden", "den første")
    assert {origin.note.text for origin in Origin.objects.filter(initiative__title="Samlet")} == {
        "den første",
        "den anden",
    }


def test_the_servers_log_ties_nobody_to_what_was_said(meeting, phones, caplog):
    board = meeting.activities.get(kind="brainstorm")
    commands.open_activity(board)
    phone = phones(1)[0]
    with caplog.at_level(logging.DEBUG):
        phone.send(f"activities/{board.pk}/notes/", {"text": "hemmelig seddel"})
        phone.send(f"activities/{board.pk}/notes/", {"text": "x" * 5000})
    assert "hemmelig seddel" not in caplog.text
    assert phone.cookies["device"].value not in caplog.text


def test_reopening_owns_nothing_of_what_was_written_before(meeting, phones):
    board = meeting.activities.get(kind="brainstorm")
    commands.open_activity(board)
    phone = phones(1)[0]
    phone.send(f"activities/{board.pk}/notes/", {"text": "min seddel"})
    note = Note.objects.get(text="min seddel")
    board.refresh_from_db()
    commands.close_activity(board)
    commands.open_activity(board)
    refused = phone.send(f"activities/{board.pk}/notes/{note.pk}/removal/")
    assert refused.status_code == 409
    assert Note.objects.get(pk=note.pk).removed_at is None


def test_a_ballot_answered_by_two_is_not_shown(meeting, phones, initiatives):
    choice = meeting.activities.get(kind="choice")
    commands.open_activity(choice)
    choice.refresh_from_db()
    subject = choice.subjects.first()
    for phone in phones(2):
        ballots.answer(choice, phone.participant, subject.pk, {"dots": "1"})
    with pytest.raises(ballots.Refused, match="too_few"):
        ballots.reveal(choice)
