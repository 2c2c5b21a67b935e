"""What an operator's tools read: health and sums, with nothing about anybody."""

import re

import pytest
from django.db import connections
from django.test import Client

from implere.conftest import Phone
from implere.live import metrics

pytestmark = pytest.mark.django_db


def value(name: str) -> float:
    return float(re.search(rf"^{name} (\S+)$", metrics.text(), re.M)[1])


def test_it_is_alive_and_ready():
    assert Client().get("/health/").text == "ok\n"
    assert Client().get("/health/ready/").text == "ok\n"


def test_it_is_not_ready_without_its_database(monkeypatch):
    from django.db import DatabaseError

    def broken(*args, **more):
        raise DatabaseError

    monkeypatch.setattr(connections["default"], "cursor", broken)
    assert Client().get("/health/").status_code == 200
    assert Client().get("/health/ready/").status_code == 503


def test_commands_and_events_are_counted_a_repeat_apart(activity, phones):
    board, phone = activity("brainstorm"), phones(1)[0]
    done, repeated, events = (
        value(f"implere_{n}_total") for n in ("commands", "commands_repeated", "events")
    )
    for _time in range(3):
        phone.send(f"activities/{board.pk}/notes/", {"text": "Én", "command_id": "same"})
    assert value("implere_commands_total") == done + 1
    assert value("implere_commands_repeated_total") == repeated + 2
    assert value("implere_events_total") == events + 1
    assert value("implere_database_seconds_count") > 0


def test_the_sums_are_for_the_machine_itself_and_name_nobody(meeting):
    phone = Phone(meeting)
    page = Client().get("/metrics/")
    assert page.status_code == 200 and page["Content-Type"].startswith("text/plain; version=0.0.4")
    assert str(meeting.pk) not in page.text and str(phone.participant.pk) not in page.text
    assert Client().get("/metrics/", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 404
    assert Client(REMOTE_ADDR="10.0.0.1").get("/metrics/").status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"])
def test_no_proxy_passes_the_sums_on(db, settings, name):
    assert Client().get("/metrics/", headers={name: "x"}).status_code == 404
    settings.BASE_ADDRESS = "https://implere.example.dk"
    settings.ALLOWED_HOSTS = ["*"]
    assert Client().get("/metrics/", headers={"Host": "implere.example.dk"}).status_code == 404
    assert Client().get("/metrics/", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_every_line_is_prometheus_text():
    line = re.compile(r"# (HELP|TYPE) implere_\w+ .+|implere_\w+ -?[0-9.e+]+")
    assert all(line.fullmatch(each) for each in metrics.text().splitlines())
