"""When something fails: in words for people, one line for the log, nothing in either that somebody said."""

import json
import logging

import pytest
from django.db import OperationalError
from django.test import Client

from implere.boards import commands
from implere.logs import Lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def writing(meeting, phones, activity):
    """post(error) -> the answer to a note where keeping it fails with that error."""
    board = activity("brainstorm")
    phone = phones(1)[0]
    phone.raise_request_exception = False

    def post(monkeypatch, error):
        def fail(*args, **more):
            raise error

        monkeypatch.setattr(commands.writing.Note.objects, "create", fail)
        return phone.send(f"activities/{board.pk}/notes/", {"text": "hemmelig seddel", "command_id": "a"})

    return post


def test_a_database_that_takes_nothing_in_is_said_and_the_phone_may_try_again(writing, monkeypatch):
    answer = writing(monkeypatch, OperationalError("database or disk is full"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "Databasen svarer ikke" in answer.text


def test_an_error_of_ours_is_said_and_logged_in_one_line_without_what_was_written(
    writing, monkeypatch, caplog
):
    answer = writing(monkeypatch, ValueError("hemmelig seddel"))
    assert answer.status_code == 500 and "hemmelig" not in answer.text
    record = next(r for r in caplog.records if r.name == "django.request" and r.exc_info)
    line = Lines().format(record)
    kept = json.loads(line)
    assert "hemmelig" not in line and "\n" not in line
    assert kept["error"] == "builtins.ValueError" and kept["level"] == "error"
    assert kept["message"] == "POST m/<uuid:meeting_id>/activities/<uuid:activity_id>/notes/ 500"
    assert any("boards/commands/writing.py" in place for place in kept["where"])


def test_an_address_with_a_key_in_it_is_not_in_the_log(meeting, caplog):
    from implere.meetings import reach

    with caplog.at_level(logging.DEBUG):
        Client().get(f"/j/XXXXXX/{reach.join_key(meeting)}/")
    assert caplog.records and not any(reach.join_key(meeting) in Lines().format(r) for r in caplog.records)


def test_a_nul_in_an_address_is_a_mistake_and_in_a_text_it_is_nothing(meeting, phones, activity):
    board = activity("brainstorm")
    phone = phones(1)[0]
    assert phone.get(f"/m/{meeting.pk}/?text=a%00b").status_code == 400
    assert phone.send(f"activities/{board.pk}/notes/", {"text": "vi mangler\0 tid"}).status_code == 200
    assert board.notes.get().text == "vi mangler tid"
