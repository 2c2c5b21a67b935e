"""SIGTERM: streams are told, commands that are under way end, nothing is cut in the middle, and all of it within two seconds."""

import socket
import sqlite3
import threading
import time
import urllib.request
from contextlib import closing, contextmanager
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests import live_room
from tests.phones import Phone

STREAMS = 50
SOON = 2.0  # seconds


@pytest.fixture
def server(tmp_path):
    running = live_room.start(str(tmp_path), environment={"IMPLERE_DATABASE": ""})
    yield running
    running.process.kill()
    running.process.wait()


def stream(server, phone) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    connection.sendall(
        f"GET /stream/?ticket={quote(phone.ticket)}&after=0 HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    )
    read_until(connection, b"event: beat")
    return connection


def read_until(connection, wanted: bytes) -> None:
    said = b""
    while wanted not in said:
        got = connection.recv(65536)
        assert got, said
        said += got


@contextmanager
def locked(file):
    """The database as another process holds it that writes."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA busy_timeout=20000")
        other.execute("BEGIN IMMEDIATE")
        yield other


def under_way(server, phone, text: str, command_id: str) -> tuple[threading.Thread, list]:
    """A note on its way to a database that is locked, and the place for its answer."""
    answers = []

    def send() -> None:
        try:
            answers.append(phone.post(phone.notes, text=text, command_id=command_id))
        except OSError as error:
            answers.append(error)

    sending = threading.Thread(target=send)
    before = open_connections(server)
    sending.start()
    while open_connections(server) == before:
        time.sleep(0.01)
    for _turn in range(3):  # the server has read what came before this
        urllib.request.urlopen(f"{server.address}/health/").read()
    return sending, answers


def open_connections(server) -> int:
    with open(f"/proc/{server.process.pid}/net/tcp") as table:
        return sum(line.split()[1].endswith(f":{server.port:04X}") for line in table)


def notes(tmp_path, text: str) -> int:
    with closing(sqlite3.connect(tmp_path / "implere.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM boards_note WHERE text = ?", [text]).fetchone()[0]


def test_streams_are_told_and_a_command_that_is_under_way_ends(server, tmp_path):
    phones = [Phone(server.lines["join"]) for _phone in range(STREAMS // 5)]
    streams = [stream(server, phone) for phone in phones for _tab in range(5)]
    text = f"MARK-{uuid4()}"
    with locked(tmp_path / "implere.sqlite3") as other:
        sending, answers = under_way(server, phones[0], text, str(uuid4()))
        server.process.terminate()
        began = time.monotonic()
        for each in streams:
            read_until(each, b"event: bye")
        assert not answers and server.process.poll() is None
        other.execute("ROLLBACK")
    assert server.process.wait(10) == 0
    assert time.monotonic() - began < SOON
    sending.join()
    assert answers == [200] and notes(tmp_path, text) == 1


def test_a_command_that_takes_longer_is_still_written_whole_and_its_repeat_is_known(server, tmp_path):
    phone = Phone(server.lines["join"])
    text, command_id = f"MARK-{uuid4()}", str(uuid4())
    with locked(tmp_path / "implere.sqlite3") as other:
        sending, answers = under_way(server, phone, text, command_id)
        server.process.terminate()
        sending.join()  # its connection is closed without an answer: the phone sends again
        assert answers and answers != [200]
        assert server.process.poll() is None
        other.execute("ROLLBACK")
    assert server.process.wait(10) == 0
    assert notes(tmp_path, text) == 1
    again = live_room.start(str(tmp_path), environment={"IMPLERE_DATABASE": ""})
    try:
        assert phone.post(phone.notes, again.address, text=text, command_id=command_id) == 200
    finally:
        again.stop()
    assert notes(tmp_path, text) == 1


def test_who_reads_nothing_does_not_hold_the_server_up(server):
    phone = Phone(server.lines["join"])
    unread = socket.socket()
    unread.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    unread.connect(("127.0.0.1", server.port))
    for _turn in range(2):
        unread.sendall(b"GET /static/ui/built/main.css HTTP/1.1\r\nHost: x\r\n\r\n" * 4)
    assert stream(server, phone)
    server.process.terminate()
    began = time.monotonic()
    assert server.process.wait(10) == 0
    assert time.monotonic() - began < SOON
