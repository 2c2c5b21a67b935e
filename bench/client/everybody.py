"""A whole room at once: each person comes in by the QR picture's address, listens, writes three notes and answers twelve ballots.
A person sends one thing at a time, as a phone does; the desk opens the placement when the notes' part of the
time is over and everybody has written."""

import asyncio
import random
import re
import statistics
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from bench.client.calls import Caller
from bench.client.ears import Ear

NOTES, BALLOTS = 3, 12
WRITING = 0.25  # the part of the time that notes are written in; the rest is the ballots'
CALM = 0.02  # the part between them in which nobody begins anything
SUBJECT = re.compile(r'name="subject" value="([^"]+)"')
SAYS = {"today": "together", "onwards": "help_yourself", "forecast": "70"}


@dataclass
class Room:
    """What all the people share: the plan, the beginning, and what was measured."""

    plan: dict
    start: float = 0.0
    ears: list[Ear] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)
    refused: int = 0
    writing: int = 0  # people who have not written their notes yet

    async def until(self, part: float) -> None:
        """Waits for a moment, given as a part of the whole time."""
        await asyncio.sleep(max(0.0, self.start + part * self.plan["seconds"] - time.perf_counter()))


class Person:
    def __init__(self, room: Room, number: int):
        self._room = room
        self._number = number
        plan = room.plan
        source = f"127.1.{number // 200}.{number % 200 + 1}" if plan["many_addresses"] else "127.0.0.1"
        self._source = source
        self._caller = Caller(plan["port"], source)
        self._cookies: dict[str, str] = {}
        self._private: list[asyncio.Task] = []
        chance = random.Random(number)
        joining = number / plan["a_second"] / plan["seconds"]
        self._joins = joining
        self._subject = ""
        self._asked = asyncio.Event()
        first, last = max(joining, 0.05), WRITING - CALM
        self._notes = sorted(chance.uniform(first, last) for _note in range(NOTES))
        self._ballots = sorted(chance.uniform(WRITING + CALM, 0.99) for _ballot in range(BALLOTS))

    async def ask(self, method: str, path: str, form: dict | None = None):
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is not None:
            headers |= {"content-type": "application/x-www-form-urlencoded", "hx-request": "true"}
            headers["origin"] = f"http://127.0.0.1:{self._room.plan['port']}"
        status, found, body = await self._caller.ask(method, path, headers, urlencode(form or {}))
        for cookie in found.get("set-cookie", []):
            name, _sep, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return status, found, body.decode()

    async def visit(self, path: str):
        """(path, page) at the end of the redirects."""
        while True:
            status, found, body = await self.ask("GET", path)
            if status not in (302, 303):
                return path, body
            path = found["location"][0]

    async def live(self) -> None:
        room = self._room
        await room.until(self._joins)
        began = time.perf_counter()
        _path, page = await self.visit(room.plan["join"])
        await self._listen(page)
        room.joined.append(time.perf_counter() - began)
        for number, part in enumerate(self._notes):
            await room.until(part)
            text = f"Vi mangler tid til vagtplanen, siger nummer {self._number}, {number}"
            await self._send(room.plan["notes"], {"text": text}, f"note-{number}")
        room.writing -= 1
        await self._asked.wait()
        for number, part in enumerate(self._ballots):
            await room.until(part)
            form = {"subject": self._subject} | SAYS
            self._read(await self._send(room.plan["placement"] + "answers/", form, f"ballot-{number}"))

    async def _listen(self, page: str) -> None:
        ticket = re.search(r'data-ticket="([^"]+)"', page)[1]
        after = re.search(r'data-after="(\d+)"', page)[1]
        ask = f"GET /stream/?ticket={quote(ticket)}&after={after} HTTP/1.1\r\nhost: localhost\r\n\r\n"
        ear = Ear(ask, lambda *_heard: None, self._fetch_private)
        self._room.ears.append(ear)
        await asyncio.get_running_loop().create_connection(
            lambda: ear, "127.0.0.1", self._room.plan["port"], local_addr=(self._source, 0)
        )

    async def _send(self, path: str, form: dict, name: str) -> str:
        began = time.perf_counter()
        status, _found, body = await self.ask("POST", path, form | {"command_id": f"{self._number}-{name}"})
        self._room.took.append(time.perf_counter() - began)
        self._room.refused += status != 200
        return body

    def _fetch_private(self, _ear, source: str) -> None:
        """The stage was drawn anew: what only this person may see is fetched by itself."""
        self._private.append(asyncio.ensure_future(self._fetch(source)))

    async def _fetch(self, source: str) -> None:
        began = time.perf_counter()
        _status, _found, body = await self.ask("GET", source)
        self._room.fetched.append(time.perf_counter() - began)
        self._read(body)

    def _read(self, mine: str) -> None:
        """What this person is asked about now."""
        if found := SUBJECT.search(mine):
            self._subject = found[1]
            self._asked.set()


class Desk(Person):
    """Who opens the placement, when everybody has written."""

    async def live(self) -> None:
        await self.visit(self._room.plan["desk"])
        await self._room.until(WRITING)
        while self._room.writing:
            await asyncio.sleep(0.1)
        status, _found, body = await self.ask(
            "POST", self._room.plan["placement"] + "opening/", {"command_id": "desk"}
        )
        assert status in (200, 303), body


async def everybody(plan: dict, say, go) -> None:
    """Plan: port, people, seconds, a_second (who join), many_addresses, join, desk, notes, placement, patience. What is still
    waiting is counted `patience` seconds after the end."""
    room = Room(plan, start=time.perf_counter())
    room.writing = plan["people"]
    people = [Person(room, number) for number in range(plan["people"])]
    lives = [asyncio.ensure_future(each.live()) for each in [Desk(room, plan["people"]), *people]]
    _done, late = await asyncio.wait(lives, timeout=plan["seconds"] + plan["patience"])
    failed = [each for each in _done if each.exception()]
    say(
        {
            "p95_seconds": statistics.quantiles(room.took, n=20)[-1],
            "p50_seconds": statistics.median(room.took),
            "join_p95_seconds": statistics.quantiles(room.joined, n=20)[-1],
            "private_p95_seconds": statistics.quantiles(room.fetched or [0.0, 0.0], n=20)[-1],
            "waiting": len(late),
            "refused": room.refused,
            "failed": len(failed),
            "first_failure": repr(failed[0].exception()) if failed else "",
        }
    )
    for each in late:
        each.cancel()
    for ear in room.ears:
        ear.transport.abort()
