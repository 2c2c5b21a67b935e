"""`implere check` looks at the clock, at PostgreSQL and at the way through the proxy, and says in words what is wrong there."""

import os
import socket
import sqlite3
import threading
import time
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from implere.checking import clock, database
from implere.configuration import parameters
from tests import live_room, postgresql
from tests import test_the_command_line as command_line


def implere(*arguments, **env):
    """The command; of what it says, what is about mail is left out."""
    answer = command_line.implere(*arguments, **env)
    lines = answer.stdout.splitlines(keepends=True)
    answer.stdout = "".join(line for line in lines if "mail server" not in line)
    return answer


# -- the clock ----------------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path):
    assert implere("seed", IMPLERE_DATA=str(tmp_path)).returncode == 0
    return tmp_path


def test_a_clock_before_what_was_written_is_said(data):
    later = (datetime.now(UTC) + timedelta(hours=5)).replace(tzinfo=None)
    with closing(sqlite3.connect(data / "implere.sqlite3")) as opened:
        opened.execute(
            "UPDATE live_event SET at = ? WHERE id = (SELECT max(id) FROM live_event)", [str(later)]
        )
        opened.commit()
    answer = implere("check", IMPLERE_DATA=str(data))
    assert answer.returncode == 1 and answer.stdout.count("\n") == 1
    assert "clock is wrong: it is 5 hours before" in answer.stdout and "NTP" in answer.stdout


def test_a_file_from_the_future_says_so_too(data):
    for file in data.glob("implere.sqlite3*"):
        os.utime(file, (time.time() + 3 * 86400,) * 2)
    assert "3 days before" in implere("check", IMPLERE_DATA=str(data)).stdout


@pytest.mark.parametrize(
    ("seconds", "words"), [(7, "7 seconds"), (130, "2 minutes"), (7300, "2 hours"), (200_000, "2 days")]
)
def test_how_far_a_clock_is_away(seconds, words):
    assert clock._words(seconds) == words


# -- where SQLite lies --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "said"), [("nfs4", 1), ("cifs", 1), ("ext4", 0), ("overlay", 0)])
def test_a_network_file_system_is_no_place_for_sqlite(tmp_path, kind, said):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"x / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n")
    configuration = type("Configuration", (), {"data": tmp_path / "data"})
    assert len(database.place(configuration, mounts)) == said
    assert database.place(configuration, Path("/none/here")) == []


# -- PostgreSQL ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    """One that keeps what it says yes to."""
    running = postgresql.PostgreSQL(live_room.free_port(), options="")
    try:
        running.initialise()
        running.start()
        yield running
    finally:
        running.remove()


@pytest.fixture(scope="module")
def address(server, tmp_path_factory):
    found = postgresql.create_database(server.address(), "checked")
    seeded = implere("seed", IMPLERE_DATA=str(tmp_path_factory.mktemp("pg")), IMPLERE_DATABASE=found)
    assert seeded.returncode == 0, seeded.stderr
    return found


@pytest.fixture
def folder(tmp_path):
    """A data folder that nothing has been kept in."""
    (tmp_path / "data").mkdir()
    return str(tmp_path / "data")


def test_where_postgresql_is_in_order_nothing_is_said_of_sqlite(address, folder):
    (Path(folder) / "implere.sqlite3").write_bytes(b"left over, and no database")
    answer = implere("check", IMPLERE_DATA=folder, IMPLERE_DATABASE=address)
    assert (answer.returncode, answer.stdout) == (0, "Everything is in order.\n"), (
        answer.stdout + answer.stderr
    )


def test_an_empty_database_is_in_order(server, folder):
    empty = postgresql.create_database(server.address(), "empty")
    answer = implere("check", IMPLERE_DATA=folder, IMPLERE_DATABASE=empty)
    assert answer.returncode == 0, answer.stdout
    with psycopg.connect(empty) as line:
        assert line.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_one_that_is_not_there_is_said_with_its_hosts(folder):
    nobody = live_room.free_port()
    two = f"postgresql://implere@127.0.0.1:{nobody},localhost:{nobody}/implere"
    answer = implere("check", IMPLERE_DATA=folder, IMPLERE_DATABASE=two)
    assert answer.returncode == 1 and "Traceback" not in answer.stderr
    assert f"127.0.0.1:{nobody} and localhost:{nobody}" in answer.stdout and answer.stdout.count("\n") == 1


@pytest.mark.parametrize("address", ["postgresql://u@h/d", "postgresql:///d", "postgresql://u@a,b:1/d"])
def test_hosts_are_named_however_they_are_written(address):
    assert database._hosts(parameters(address))


def test_what_may_lose_or_damage_is_said_one_by_one(server, folder):
    careless = postgresql.PostgreSQL(live_room.free_port())
    try:
        careless.initialise()
        careless.start()
        lost = postgresql.create_database(careless.address(), "careless")
        answer = implere("check", IMPLERE_DATA=folder, IMPLERE_DATABASE=lost)
    finally:
        careless.remove()
    assert answer.returncode == 1
    for name in database.UNSAFE:
        assert f"PostgreSQL's {name} is off" in answer.stdout


def test_another_encoding_and_a_user_without_rights_are_said(server, folder):
    with psycopg.connect(server.address(), autocommit=True) as line:
        line.execute("CREATE DATABASE old ENCODING 'LATIN1' TEMPLATE template0")
        line.execute("CREATE USER reader")
    old = server.address("old")
    assert "LATIN1" in implere("check", IMPLERE_DATA=folder, IMPLERE_DATABASE=old).stdout
    postgresql.create_database(server.address(), "others")
    reader = server.address("others").replace("implere@", "reader@")
    assert (
        "reader may make no tables" in implere("check", IMPLERE_DATA=folder, IMPLERE_DATABASE=reader).stdout
    )


def test_two_clocks_that_differ_are_said(address, monkeypatch):
    from types import SimpleNamespace

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def execute(self, sql):
            pass

        def fetchone(self):
            return (time.time() + 600,)

    other = SimpleNamespace(cursor=Cursor, close=lambda: None)
    monkeypatch.setattr(clock, "connection", other)
    (said,) = clock._two_clocks()
    assert "10 minutes behind the database's" in said
    monkeypatch.setattr(Cursor, "fetchone", lambda self: (time.time() - 600,))
    assert "10 minutes ahead of" in clock._two_clocks()[0]
    monkeypatch.setattr(Cursor, "fetchone", lambda self: (time.time() + 2,))
    assert clock._two_clocks() == []


# -- the way through the proxy ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    folder = tmp_path_factory.mktemp("way")
    running = live_room.start(str(folder), environment={"IMPLERE_DATABASE": ""})
    running.folder = folder
    yield running
    running.stop()


@contextmanager
def proxy(to: int, gathers: int = 0, takes: bytes = b"", says: bytes = b""):
    """The port of a proxy that passes on what it gets when it has gathered so many bytes or the answer has ended; takes a header
    away; or answers by itself."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve(here):
            with here:
                asked = here.recv(65536)
                if says:
                    here.sendall(says)
                    return
                with socket.create_connection(("127.0.0.1", to)) as there:
                    there.sendall(asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
                    held = b""
                    while got := there.recv(65536):
                        held += got.replace(takes, b"x-taken") if takes else got
                        if len(held) >= gathers:
                            here.sendall(held)
                            held = b""
                    here.sendall(held)

        def accept():
            while True:
                try:
                    here, _address = listening.accept()
                except OSError:
                    return
                threading.Thread(target=quietly, args=[serve, here], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def quietly(work, *arguments) -> None:
    with suppress(OSError):
        work(*arguments)


def check(program, port, **more):
    settings = {"IMPLERE_DATA": str(program.folder), "IMPLERE_ADDRESS": f"http://127.0.0.1:{port}"}
    return implere("check", **settings | more)


def test_a_way_that_is_clear_is_in_order_and_changes_nothing(program):
    def kept():
        with closing(sqlite3.connect(program.folder / "implere.sqlite3")) as opened:
            return [
                opened.execute(f"SELECT count(*) FROM {t}").fetchone() for t in ("live_event", "live_channel")
            ]

    before = kept()
    with proxy(program.port) as port:
        answer = check(program, port)
    assert answer.stdout == "Everything is in order.\n", answer.stdout + answer.stderr
    assert kept() == before


@pytest.mark.parametrize("gathers", [4096, 8 << 20])
def test_a_proxy_that_gathers_is_found_by_its_late_beats(program, gathers):
    with proxy(program.port, gathers) as port:
        answer = check(program, port)
    assert answer.returncode == 1 and answer.stdout.count("\n") == 1
    assert "buffering" in answer.stdout and "proxy.md" in answer.stdout, answer.stdout


GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
MOVED = b"HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example.dk/\r\nContent-Length: 0\r\n\r\n"
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello"


@pytest.mark.parametrize(
    ("says", "word"), [(GATEWAY, "does not reach the program"), (MOVED, "elsewhere"), (PORTAL, "not this program"), (b"\x00", "can't be reached")]
)  # fmt: skip
def test_what_else_may_answer_is_told_apart(program, says, word):
    with proxy(program.port, says=says) as port:
        answer = check(program, port)
    assert answer.returncode == 1 and word in answer.stdout and "Traceback" not in answer.stderr, (
        answer.stdout
    )


def test_a_proxy_that_takes_our_header_away_is_said(program):
    with proxy(program.port, takes=b"implere: 1") as port:
        assert "takes the header Implere away" in check(program, port).stdout


def test_nobody_there_is_said(program):
    answer = check(program, live_room.free_port())
    assert answer.returncode == 1 and "can't be reached" in answer.stdout


def test_another_secret_key_is_found(program):
    with proxy(program.port) as port:
        answer = check(program, port, IMPLERE_SECRET_KEY="another" * 8)
    assert "same secret key" in answer.stdout


def test_before_the_first_start_there_is_no_way_to_look_at(tmp_path):
    answer = implere("check", IMPLERE_DATA=str(tmp_path / "new"), IMPLERE_ADDRESS="http://127.0.0.1:1")
    assert answer.returncode == 0, answer.stdout
