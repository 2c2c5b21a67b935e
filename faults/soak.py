"""The soak: for minutes, phones join and leave one server, politely and not. Its memory must stay flat and its files must be closed."""

import asyncio
import contextlib
import random
import statistics
import time

from faults.phones import Device, ask
from faults.rounds import make_meeting

PEOPLE = 30
VISIT = 10.0  # seconds; on a busy machine a visit is given up
EVERY = 0.5  # seconds between looks at the memory
GROWTH, MARGIN = 1.05, 3 * 1024  # what the last third may hold over the second: a factor, and kilobytes
REST = 20.0  # seconds that the server has for noticing that all have left


class Soak:
    def __init__(self, world, seed: str, minutes: float):
        self.world, self.seconds = world, minutes * 60
        self.chance = random.Random(seed)
        self.visits = 0
        self.samples: list[tuple[float, int]] = []

    async def play(self) -> dict:
        meeting, _board, _cookie, join = await asyncio.to_thread(make_meeting)
        (port,) = self.world.ports()
        people = [
            Device(port, f"/m/{meeting.pk}/", random.Random(self.chance.random())) for _one in range(PEOPLE)
        ]
        for person in people:
            await person.open(join)
        await asyncio.gather(
            *(self._visit(person) for person in people)
        )  # every thread has its connections now
        before = await self._at_rest(port, 0)
        self.began, self.until = time.monotonic(), time.monotonic() + self.seconds
        watching = asyncio.create_task(self._watch())
        await asyncio.gather(*(self._come_and_go(person) for person in people))
        watching.cancel()
        after = await self._at_rest(port, before)
        return self._found(before, after)

    async def _come_and_go(self, person: Device) -> None:
        while time.monotonic() < self.until:
            with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
                async with asyncio.timeout(VISIT):
                    await self.chance.choice([self._visit, self._visit, self._visit, self._go_rudely])(person)
                self.visits += 1
            person.heard.clear()
            await asyncio.sleep(person.chance.random() * 0.5)

    async def _visit(self, person: Device) -> None:
        """Loads the page and follows its stream for a while."""
        await person.open()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.2 + person.chance.random() * 3):
                await person.follow_once()

    async def _go_rudely(self, person: Device) -> None:
        """Half a request, a ticket that is none, a place in the future; and away."""
        said = person.chance.choice(
            [
                b"GET /m/ HTTP/1.1\r\nHost: loc",
                b"POST /join/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\ncode=",
                b"GET /stream/?ticket=forged&after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                f"GET /stream/?ticket={person.ticket}&after=99999999 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
                b"\x16\x03\x01 nonsense\r\n\r\n",
                b"",
            ]
        )
        _reader, writer = await asyncio.open_connection("127.0.0.1", person.port)
        writer.write(said)
        await asyncio.sleep(person.chance.random())
        writer.transport.abort() if person.chance.random() < 0.5 else writer.close()

    async def _watch(self) -> None:
        while True:
            self.samples.append((time.monotonic() - self.began, self.world.memory()))
            await asyncio.sleep(EVERY)

    async def _at_rest(self, port: int, wanted: int) -> int:
        """Open files when nobody is there; waits for at most `wanted`, where that is given."""
        until, least = time.monotonic() + REST, 1 << 30
        while time.monotonic() < until and (least > wanted):
            await asyncio.sleep(EVERY)
            least = min(least, self.world.files())
        with contextlib.suppress(OSError, TimeoutError):
            await ask(port, "GET", "/health/", {})
        return least

    def _found(self, before: int, after: int) -> dict:
        second = statistics.median(
            kb for at, kb in self.samples if self.seconds / 3 <= at < self.seconds * 2 / 3
        )
        last = statistics.median(kb for at, kb in self.samples if at >= self.seconds * 2 / 3)
        words = []
        if last > second * GROWTH + MARGIN:
            words.append(
                f"the memory grew from {second:.0f} kB in the second third to {last:.0f} kB in the last"
            )
        if after > before:
            words.append(f"{after - before} files are still open that were not open before")
        return {
            "minutes": round(self.seconds / 60, 2),
            "visits": self.visits,
            "memory_mb": {"second third": round(second / 1024, 1), "last third": round(last / 1024, 1)},
            "files": {"before": before, "after": after},
            "grown": int(bool(words)),
            "words": words,
        }


async def soak(world, seed: str, minutes: float) -> dict:
    await world.start_all()
    try:
        return await Soak(world, seed, minutes).play()
    finally:
        world.stop_all()
