"""Where the system lets the program open few files, it says so at start, and who comes too late harms nobody who is there."""

import os
import resource
import socket
import subprocess
import sys
import urllib.request
from contextlib import ExitStack

import pytest

from implere import server as servers
from tests import live_room

FEW = 400


@pytest.fixture
def server(tmp_path):
    """(port, where its words are) of a server that may open few files."""
    port = live_room.free_port()
    with (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "implere.cli", "run", "--example"],
            env=os.environ | {"IMPLERE_DATA": str(tmp_path / "data"), "IMPLERE_PORT": str(port), "PYTHONUNBUFFERED": "1"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, FEW)),
            stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
    assert [process.stdout.readline() for _line in range(3)]
    yield port, tmp_path / "errors"
    process.terminate()
    process.wait(10)


def test_a_low_limit_is_said_with_how_many_fit_and_holds_nobody_up(server):
    port, errors = server
    room = FEW - servers.OTHER_FILES
    assert f"about {room} people" in errors.read_text() and "ulimit" in errors.read_text()
    with ExitStack() as many:
        for _number in range(FEW * 2):
            many.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        for _turn in range(20):
            assert urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=10).status == 200
    assert "Traceback" not in errors.read_text()


@pytest.mark.parametrize(
    ("room", "said"), [(-5, "about 0"), (500, "about 500"), (servers.ENOUGH, ""), (1 << 20, "")]
)
def test_the_words(room, said):
    words = servers.few_files(room)
    assert said in words and bool(words) == bool(said)


def test_the_limit_is_raised_as_far_as_it_goes():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        assert servers.raise_file_limit() == before[1] == resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
