"""The log has no gap, and each command is done once, whoever asks at the same time."""

import threading

import pytest
from django.db import connection, transaction

from implere.live import queries, tickets
from implere.live.commands import emit, once, write
from implere.live.models import Event, Receipt

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(count, work):
    """Runs work(number) in threads at the same time."""
    ready = threading.Barrier(count)

    def run(number):
        ready.wait()
        try:
            work(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_numbers_have_no_gap_when_many_write_at_once():
    def tell(number):
        for _event in range(5):
            with write():
                emit("a", "note", number=number)

    in_threads(4, tell)
    assert [event.seq for event in queries.events_after("a", 0)] == list(range(1, 21))
    assert queries.position("a") == 20


def test_what_is_taken_back_was_never_told():
    with pytest.raises(RuntimeError), write():
        emit("a", "note")
        raise RuntimeError
    assert queries.position("a") == 0 and not Event.objects.exists()


def test_a_command_is_done_once_however_many_send_it():
    done, answers = [], []

    def perform():
        done.append(1)
        return {"kept": len(done)}

    in_threads(4, lambda _number: answers.append(once("a", "the-command", perform)))
    assert len(done) == 1
    assert answers == [{"kept": 1}] * 4
    assert Receipt.objects.count() == 1


def test_the_same_id_on_another_channel_is_another_command():
    assert once("a", "x", lambda: {"n": 1}) == {"n": 1}
    assert once("b", "x", lambda: {"n": 2}) == {"n": 2}


def test_a_command_that_failed_is_tried_again():
    def fail():
        raise ValueError

    with pytest.raises(ValueError):
        once("a", "x", fail)
    assert once("a", "x", lambda: {"n": 2}) == {"n": 2}


def test_listeners_are_woken_after_the_commit_alone():
    from implere.live import wakeups

    heard = []
    wakeups.subscribe(heard.append)
    try:
        with write():
            emit("a", "note")
            assert not heard
        assert heard == ["a"]
        with pytest.raises(RuntimeError), transaction.atomic():
            emit("a", "note")
            raise RuntimeError
        assert heard == ["a"]
    finally:
        wakeups.unsubscribe(heard.append)


def test_a_ticket_is_read_back_and_a_forged_one_is_not():
    text = tickets.issue("a", ["room"], "phone", "da", who="7")
    found = tickets.read(text)
    assert (found.channel, found.audiences, found.view, found.language, found.who) == (
        "a",
        ["room"],
        "phone",
        "da",
        "7",
    )
    assert tickets.read(text[:-3] + "abc") is None
    assert tickets.read("") is None


def test_a_ticket_ends(monkeypatch):
    text = tickets.issue("a", ["room"], "phone", "da")
    monkeypatch.setattr(tickets, "LIFETIME", -1)
    assert tickets.read(text) is None
