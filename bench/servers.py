"""Servers to measure: ours with a crowd in it, and bare ones. What a server costs is what its whole family of processes does."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests import live_room

TICKS = os.sysconf("SC_CLK_TCK")
NODE = str(Path(sys.executable).parent / "node")


@dataclass
class Running:
    """A server that answers on a port."""

    process: subprocess.Popen
    port: int

    def family(self) -> list[int]:
        found = [self.process.pid]
        for parent in found:
            try:
                with open(f"/proc/{parent}/task/{parent}/children") as children:
                    found += [int(child) for child in children.read().split()]
            except FileNotFoundError:
                continue
        return found

    def processor_seconds(self) -> float:
        spent = 0
        for pid in self.family():
            with open(f"/proc/{pid}/stat") as stat:
                after_name = stat.read().rpartition(")")[2].split()
            spent += int(after_name[11]) + int(after_name[12])
        return spent / TICKS

    def memory_kb(self) -> int:
        """Resident, without what the kernel holds for its sockets."""
        total = 0
        for pid in self.family():
            with open(f"/proc/{pid}/status") as status:
                total += next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        return total

    def stop(self) -> None:
        """Ends all of its family: what starts Node does not tell it that it has been told to end."""
        for pid in self.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class Ours(Running):
    """Our server, and who is in its meeting: [{cookie, ticket}]."""

    lines: dict[str, str]
    data: str
    notes: str
    placement: str
    after: int
    crowd: list[dict] = field(repr=False)
    environment: dict[str, str] = field(default_factory=dict)

    def streams(self, people: int, *, after: int | None = None) -> list[str]:
        """What each of so many phones asks for its stream."""
        return [
            f"GET /stream/?ticket={quote(person['ticket'])}&after={self.after if after is None else after} HTTP/1.1"
            "\r\nhost: localhost\r\n\r\n"
            for person in self.crowd[:people]
        ]

    def posts(self, writers: int = 50) -> dict:
        """What a note's command looks like, {n} being its number."""
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "hx-request": "true",
            "sec-fetch-site": "same-origin",
        }
        return {
            "path": self.notes,
            "body": "text=Vi+mangler+tid+bench-{n}.+til+vagtplanen&command_id=bench-{n}",
            "writers": [headers | {"cookie": person["cookie"]} for person in self.crowd[:writers]],
        }

    def path(self, name: str) -> str:
        """The path of one of the three lines of the start: desk, screen or join."""
        split = urlsplit(self.lines[name])
        return split.path + (f"?{split.query}" if split.query else "")

    def statements(self) -> int:
        """Database statements since the server's start, as it counts them itself."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/metrics/")
        text = connection.getresponse().read().decode()
        return int(text.partition("\nimplere_database_seconds_count ")[2].split()[0])

    def restart(self) -> None:
        """Ends and starts it on the same port; the lines of the start are new."""
        self.stop()
        server = live_room.start(self.data, self.port, self.environment)
        self.process, self.lines = server.process, server.lines

    def count(self) -> dict:
        return json.loads(rows("count", data=self.data, environment=self.environment))


def rows(*arguments, data: str, environment: dict | None = None) -> str:
    """What `python -m bench.rows` prints."""
    return subprocess.run(
        [sys.executable, "-m", "bench.rows", *map(str, arguments)],
        env=os.environ | {"IMPLERE_DATA": data} | (environment or {}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


@cache
def _seeded(people: int, shape: str) -> tuple[str, str]:
    """A data folder to copy from, and what stands in it; made once in a run."""
    data = tempfile.mkdtemp(prefix="implere-bench-seed-", dir=os.environ["IMPLERE_DATA"])
    return data, rows("seed", people, shape, data=data)


@contextmanager
def ours(people: int, shape: str = "shown", *, database: str = ""):
    """Our server with so many people in its open brainstorm. `database`: an address for IMPLERE_DATABASE; else SQLite."""
    folder = tempfile.mkdtemp(prefix="implere-bench-server-", dir=os.environ["IMPLERE_DATA"])
    environment = {"IMPLERE_DATABASE": database} if database else {}
    data = f"{folder}/data"
    if database:
        found = rows("seed", people, shape, data=data, environment=environment)
    else:
        seeded, found = _seeded(people, shape)
        shutil.copytree(seeded, data)
    server = live_room.start(data, environment=environment)
    running = Ours(
        server.process,
        server.port,
        lines=server.lines,
        data=data,
        environment=environment,
        **json.loads(found),
    )
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def bare(command: list[str], **environment):
    """Another server, that is told its port as PORT."""
    port = live_room.free_port()
    process = subprocess.Popen(
        [word.replace("PORT", str(port)) for word in command],
        env=os.environ | {"PORT": str(port)} | {name: str(value) for name, value in environment.items()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running = Running(process, port)
    try:
        _wait_for(port)
        yield running
    finally:
        running.stop()


def granian(bytes_a_note: int):
    """The floor: an ASGI app that keeps nothing and fans out as many bytes."""
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", "PORT", "--backlog", "4096"]
    more = ["--backpressure", "20000", "--workers-kill-timeout", "1", "bench.bare:app"]
    return bare(command + more, BYTES=bytes_a_note)


def node(bytes_a_note: int):
    return bare([NODE, "bench/bare.mjs"], BYTES=bytes_a_note)


def _wait_for(port: int) -> None:
    for _try in range(200):
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")
