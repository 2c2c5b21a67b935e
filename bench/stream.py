"""A note written by one phone and heard by 300: our server over a bare ASGI app on granian that fans out the same bytes."""

import asyncio
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode, urlsplit

from implere.server import raise_file_limit
from tests import live_room

PHONES = 300
WRITERS = 10
NOTES_A_SECOND = 10
SECONDS = 8
MARK = re.compile(rb"bench-(\d+)\.")
TICKS = os.sysconf("SC_CLK_TCK")


def stream() -> dict:
    """{delivered, p95, cpu}: ours over granian's, but delivered, which is ours (heard / expected). p50 and p95 of each in
    milliseconds from the post's start to the phone; cpu in microseconds of the server for each delivery."""
    raise_file_limit()
    ours = _ours()
    bare = _bare(ours.bytes_a_note)
    figures = {"delivered": ours.delivered, "p95": ours.p95 / bare.p95, "cpu": ours.cpu / bare.cpu}
    for name, side in (("ours", ours), ("bare", bare)):
        figures |= {
            f"{name}_delivered": side.delivered,
            f"{name}_p50_ms": side.p50,
            f"{name}_p95_ms": side.p95,
        }
        figures[f"{name}_cpu_us"] = side.cpu
    return figures | {"bytes_a_note": ours.bytes_a_note}


@dataclass
class Side:
    """What one server did: milliseconds of each delivery, processor seconds of all its processes."""

    waits: list[float]
    processor: float
    bytes_a_note: int

    @property
    def delivered(self) -> float:
        return len(self.waits) / (PHONES * NOTES_A_SECOND * SECONDS)

    @property
    def p50(self) -> float:
        return statistics.median(self.waits)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.waits, n=20)[-1]

    @property
    def cpu(self) -> float:
        return self.processor / len(self.waits) * 1e6


@dataclass
class Ear(asyncio.Protocol):
    """One phone's stream: when each note was first heard."""

    ask: bytes
    heard: dict[int, float] = field(default_factory=dict)
    tail: bytes = b""
    received: int = 0

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(self.ask)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.received += len(data)
        for number in MARK.findall(self.tail + data):
            self.heard.setdefault(int(number), now)
        self.tail = data[-16:]


async def _measure(port: int, asks: list[bytes], post, pids) -> Side:
    """Opens the streams, posts at the beat from threads, waits for the last delivery."""
    loop = asyncio.get_running_loop()
    ears = []
    for ask in asks:
        ear = Ear(ask)
        await loop.create_connection(lambda ear=ear: ear, "127.0.0.1", port)
        ears.append(ear)
    await asyncio.sleep(4)  # every stream has had its first words, and who is here has been told
    before, spent = sum(ear.received for ear in ears), _processor_seconds(pids)
    began: dict[int, float] = {}
    notes = NOTES_A_SECOND * SECONDS

    def send(number: int) -> None:
        began[number] = time.perf_counter()
        post(number)

    start = loop.time()
    with ThreadPoolExecutor(WRITERS) as threads:
        posts = []
        for number in range(notes):
            await asyncio.sleep(max(0, start + number / NOTES_A_SECOND - loop.time()))
            posts.append(loop.run_in_executor(threads, send, number))
        await asyncio.gather(*posts)
    patience = loop.time() + 10
    while loop.time() < patience and any(len(ear.heard) < notes for ear in ears):
        await asyncio.sleep(0.05)
    processor = _processor_seconds(pids) - spent
    received = sum(ear.received for ear in ears) - before
    waits = [(at - began[number]) * 1000 for ear in ears for number, at in ear.heard.items()]
    for ear in ears:
        ear.transport.abort()
    return Side(waits, processor, round(received / PHONES / notes))


def _processor_seconds(pids) -> float:
    spent = 0
    for pid in pids():
        with open(f"/proc/{pid}/stat") as stat:
            after_name = stat.read().rpartition(")")[2].split()
        spent += int(after_name[11]) + int(after_name[12])
    return spent / TICKS


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        with open(f"/proc/{parent}/task/{parent}/children") as children:
            found += [int(child) for child in children.read().split()]
    return found


@dataclass
class Device:
    """A participant by plain HTTP: its cookies, and the ticket of its page."""

    port: int
    join: str
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def __post_init__(self):
        self.connection = HTTPConnection("127.0.0.1", self.port)
        address = self.join
        while True:
            answer, body = self.ask("GET", address)
            if answer.status != 302 and answer.status != 303:
                break
            address = answer.headers["location"]
        self.page = address
        self.ticket = re.search(r'data-ticket="([^"]+)"', body)[1]
        self.after = re.search(r'data-after="(\d+)"', body)[1]
        notes = re.search(r'"(/m/[^"]+/activities/[^"]+/notes/)"', body)
        self.notes = notes and notes[1]

    def ask(self, method: str, address: str, form: dict | None = None):
        headers = {"cookie": "; ".join(f"{c.key}={c.value}" for c in self.cookies.values())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"content-type": "application/x-www-form-urlencoded", "hx-request": "true"}
            headers["origin"] = f"http://127.0.0.1:{self.port}"
        self.connection.request(method, address, body=body, headers=headers)
        answer = self.connection.getresponse()
        for header in answer.headers.get_all("set-cookie") or []:
            self.cookies.load(header)
        return answer, answer.read().decode()


def _ours() -> Side:
    data = tempfile.mkdtemp(prefix="implere-bench-stream-")
    server = live_room.start(data)
    try:
        join = urlsplit(server.lines["join"]).path
        with ThreadPoolExecutor(4) as threads:
            phones = list(threads.map(lambda _number: Device(server.port, join), range(PHONES)))
        _show_the_notes(server, phones[0])
        asks = [
            f"GET /stream/?ticket={quote(phone.ticket)}&after={phone.after} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode()
            for phone in phones
        ]

        def post(number: int) -> None:
            form = {"text": f"Vi mangler tid bench-{number}. til vagtplanen", "command_id": f"bench-{number}"}
            writer = phones[number % WRITERS]
            writer.connection.close()  # the server lets an idle one go
            answer, body = writer.ask("POST", phones[0].notes, form)
            assert answer.status == 200, body

        return asyncio.run(_measure(server.port, asks, post, lambda: _family(server.process.pid)))
    finally:
        server.stop()
        shutil.rmtree(data, ignore_errors=True)


def _show_the_notes(server, phone: Device) -> None:
    """The facilitator lets all see all, so that a note is news for every phone."""
    desk = Device(server.port, server.lines["desk"].removeprefix(server.address))
    answer, body = desk.ask("POST", phone.notes.replace("/notes/", "/showing/"), {"command_id": "bench-show"})
    assert answer.status in (200, 303), body


def _bare(bytes_a_note: int) -> Side:
    """The floor: an ASGI app that keeps nothing and fans out as many bytes."""
    port = live_room.free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(port), "--backlog", "4096"]
        + ["--backpressure", "20000", "--workers-kill-timeout", "1", "bench.bare:app"],
        env=os.environ | {"BYTES": str(bytes_a_note)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        asks = [b"GET /stream/ HTTP/1.1\r\nhost: localhost\r\n\r\n"] * PHONES

        def post(number: int) -> None:
            connection = HTTPConnection("127.0.0.1", port)
            connection.request("POST", "/notes/", body=f"bench-{number}.")
            assert connection.getresponse().read() == b"ok"

        return asyncio.run(_measure(port, asks, post, lambda: _family(process.pid)))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(port: int) -> None:
    for _try in range(200):
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("granian did not start")
