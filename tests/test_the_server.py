"""The real server: its stream, its end, its port; and the wheel that is installed."""

import inspect
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from implere.server import StreamProtocol
from tests.live_room import free_port, running_server, start

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def server():
    with running_server() as running:
        yield running


def stream_of(server, path: str) -> socket.socket:
    """A raw connection that has asked for the stream."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


def ticket(server) -> str:
    """The screen's ticket, from its page."""
    page = urllib.request.urlopen(server.lines["screen"]).read().decode()
    return page.split('data-ticket="')[1].split('"')[0]


def read_until(connection, wanted: bytes) -> bytes:
    data = b""
    while wanted not in data:
        got = connection.recv(65536)
        assert got, data
        data += got
    return data


def test_the_overridden_methods_keep_uvicorns_contract():
    for name in (
        "connection_made",
        "data_received",
        "on_message_begin",
        "on_headers_complete",
        "on_body",
        "on_message_complete",
        "on_response_complete",
        "timeout_keep_alive_handler",
        "connection_lost",
    ):
        ours, theirs = getattr(StreamProtocol, name), getattr(HttpToolsProtocol, name)
        assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters), name


def test_the_stream_begins_with_padding_and_a_beat(server):
    with stream_of(server, f"/stream/?ticket={ticket(server)}&after=0") as connection:
        data = read_until(connection, b"event: beat")
    head, body = data.split(b"\r\n\r\n", 1)
    assert b"200 OK" in head and b"text/event-stream" in head and b"x-accel-buffering: no" in head
    assert len(body) > 2048


@pytest.mark.parametrize(
    "query",
    ["", "ticket=forged&after=0", "ticket={ticket}&after=-1", "ticket={ticket}&after=x", "ticket={ticket}"],
)
def test_a_bad_ticket_or_place_is_refused_in_words(server, query):
    with stream_of(server, "/stream/?" + query.format(ticket=ticket(server))) as connection:
        assert b"403" in read_until(connection, b"Load the page again")


def test_the_stream_takes_no_post(server):
    request = urllib.request.Request(f"{server.address}/stream/", data=b"x")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 405


def test_a_taken_port_is_said_in_words(server, tmp_path):
    found = subprocess.run(
        [sys.executable, "-m", "implere.cli", "run"],
        env=os.environ | {"IMPLERE_DATA": str(tmp_path), "IMPLERE_PORT": str(server.port)},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert found.returncode == 1
    assert (
        str(server.port) in found.stderr
        and "Choose another" in found.stderr
        and "Traceback" not in found.stderr
    )


def test_the_server_ends_at_once_with_fifty_streams_open(tmp_path):
    server = start(str(tmp_path))
    path = f"/stream/?ticket={ticket(server)}&after=0"
    streams = [stream_of(server, path) for _ in range(50)]
    for each in streams:
        read_until(each, b"event: beat")
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 5
    assert all(b"event: bye" in read_until(each, b"event: bye") for each in streams)


def test_a_second_start_keeps_the_data(tmp_path):
    first = start(str(tmp_path))
    first.stop()
    again = start(str(tmp_path))
    try:
        assert again.meeting == first.meeting
        key = tmp_path / "secret-key"
        assert key.stat().st_mode & 0o077 == 0
    finally:
        again.stop()


def test_the_dry_run_needs_no_data_folder_and_prints_json_alone(tmp_path):
    found = subprocess.run(
        [sys.executable, "-m", "implere.cli", "import", "implere/initiatives/tests/files/tiltag.xlsx", "--dry-run"],
        env=os.environ | {"IMPLERE_DATA": str(tmp_path / "none" / "here")},
        capture_output=True, text=True, cwd=PROJECT, timeout=60,
    )  # fmt: skip
    assert set(json.loads(found.stdout)) == {"sheets", "ask", "report"}
    assert not (tmp_path / "none").exists()


def test_the_wheel_holds_the_front_end_and_starts(tmp_path):
    """Builds the wheel, installs it into an environment of its own and starts it there."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, PROJECT],
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv/bin/python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", wheel], check=True, capture_output=True
    )
    site = next((tmp_path / "venv/lib").glob("python*/site-packages"))
    libraries = next(Path(p) for p in sys.path if p.endswith("site-packages"))
    (site / "libraries.pth").write_text(str(libraries))
    port = free_port()
    process = subprocess.Popen(
        [tmp_path / "venv/bin/implere", "run", "--example"], cwd=tmp_path, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"IMPLERE_DATA": str(tmp_path / "data"), "IMPLERE_PORT": str(port)},
    )  # fmt: skip
    try:
        lines = [process.stdout.readline() for _line in range(3)]
        assert [line.split(":")[0] for line in lines] == ["desk", "screen", "join"]
        style = urllib.request.urlopen(f"http://127.0.0.1:{port}/static/ui/built/main.css")
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/join/").read().decode()
        assert style.status == 200 and "Gå med i et møde" in page
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(tmp_path / "venv")


def test_a_timer_of_the_request_before_does_not_cut_a_stream():
    """The browser reuses a connection for the stream while the answer before it is still being ended."""
    closed = []
    protocol = StreamProtocol.__new__(StreamProtocol)
    protocol.transport = type(
        "Transport", (), {"is_closing": lambda self: False, "close": lambda self: closed.append(1)}
    )()
    protocol.streaming = True
    protocol.timeout_keep_alive_handler()
    assert not closed
    protocol.streaming = False
    protocol.timeout_keep_alive_handler()
    assert closed
