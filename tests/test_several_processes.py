"""Two processes of the program on one PostgreSQL: a command that comes to both at once is done once, what is written to one is heard
from the other, and whoever moves from one to the other is one person."""

import re
import socket
import threading
import time
import urllib.request
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from tests import live_room, postgresql
from tests.phones import Phone

REPEATS = 20
KEY = "x" * 60


@pytest.fixture(scope="module")
def database():
    with postgresql.running() as address:
        yield postgresql.create_database(address, f"several_{live_room.free_port()}")


@pytest.fixture(scope="module")
def servers(database, tmp_path_factory):
    settings = {"IMPLERE_DATABASE": database, "IMPLERE_SECRET_KEY": KEY}
    started = []
    try:
        for name in ("one", "two"):
            started.append(live_room.start(str(tmp_path_factory.mktemp(name)), environment=settings))
        yield started
    finally:
        for server in started:
            server.stop()


@pytest.fixture
def phone(servers):
    return Phone(servers[0].lines["join"])


def ask(database, sql, *values):
    with psycopg.connect(database) as line:
        return line.execute(sql, values).fetchone()[0]


def measured(server, name: str) -> float:
    text = urllib.request.urlopen(f"{server.address}/metrics/").read().decode()
    return float(re.search(rf"^{name} (\S+)$", text, re.M)[1])


class Stream:
    """The stream of one phone from one server."""

    def __init__(self, server, phone: Phone):
        after = re.search(r'data-after="(\d+)"', phone.page)[1]
        self.connection = socket.create_connection(("127.0.0.1", server.port), timeout=15)
        asked = f"GET /stream/?ticket={quote(phone.ticket)}&after={after} HTTP/1.1\r\nHost: x\r\n\r\n"
        self.connection.sendall(asked.encode())
        self.heard = b""
        self.until(b"event: beat")

    def until(self, wanted: bytes) -> bytes:
        while wanted not in self.heard:
            got = self.connection.recv(65536)
            assert got, self.heard[-200:]
            self.heard += got
        return self.heard

    def close(self) -> None:
        self.connection.close()


def test_the_same_command_to_both_at_once_is_done_once(servers, database, phone):
    for number in range(REPEATS):
        text, command_id = f"MARK-{number}-{uuid4()}", str(uuid4())
        both, statuses = threading.Barrier(2), []

        def send(server, text=text, command_id=command_id, both=both, statuses=statuses):
            both.wait(10)
            statuses.append(phone.post(phone.notes, server.address, text=text, command_id=command_id))

        sending = [threading.Thread(target=send, args=[server]) for server in servers]
        for thread in sending:
            thread.start()
        for thread in sending:
            thread.join(20)
        assert statuses == [200, 200]
        assert ask(database, "SELECT count(*) FROM boards_note WHERE text = %s", text) == 1


def test_what_is_written_to_one_is_heard_from_the_other_without_waiting_for_the_poll(servers, phone):
    one, two = servers
    stream = Stream(two, phone)
    heard, positions = (
        measured(two, "implere_wakeups_heard_total"),
        set(re.findall(rb"^id: (\d+)", stream.heard, re.M)),
    )
    assert phone.post(phone.notes, one.address, text="Ses hos den anden", command_id=str(uuid4())) == 200
    while not set(re.findall(rb"^id: (\d+)", stream.heard, re.M)) - positions:
        stream.heard += stream.connection.recv(65536)
    assert measured(two, "implere_wakeups_heard_total") > heard
    stream.close()


def here(database, meeting: str) -> int:
    return ask(
        database, "SELECT count(*) FROM meetings_participant WHERE meeting_id::text = %s AND here", meeting
    )


def test_people_who_move_from_one_to_the_other_are_counted_once(servers, database):
    one, two = servers
    people = [Phone(one.lines["join"]) for _person in range(5)]
    meeting = one.meeting
    before = [Stream(one, person) for person in people]
    settle(database, meeting, len(people))
    after = [Stream(two, person) for person in people]
    for stream in before:
        stream.close()
    most, until = 0, time.monotonic() + 1.5
    while time.monotonic() < until:
        most = max(most, here(database, meeting))
        assert after[0].connection.recv(65536)  # paced by what the stream tells
    assert most <= len(people)
    settle(database, meeting, len(people))
    for stream in after:
        stream.close()
    settle(database, meeting, 0)


def settle(database, meeting: str, wanted: int) -> None:
    """Waits until so many are told to be here: at most until everybody is told anew."""
    until = time.monotonic() + 15
    while (now := here(database, meeting)) != wanted:
        assert time.monotonic() < until, f"{now} are here, not {wanted}"
        time.sleep(0.05)
