"""Notes written at a steady beat and heard by a crowd."""

import asyncio
import statistics
import time

from bench.client.calls import Caller
from bench.client.ears import calm, let_go, listen

PATIENCE = 10.0  # seconds after the last post that deliveries are waited for


class Beat:
    """Posts at a beat from several writers; each has a connection of its own."""

    def __init__(self, plan: dict):
        self._plan = plan
        self._callers = [Caller(plan["port"]) for _writer in plan["posts"]["writers"]]
        self.began: dict[int, float] = {}
        self.took: list[float] = []

    async def run(self, first: int, notes: int) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        posts = []
        for place in range(notes):
            await asyncio.sleep(max(0, start + place / self._plan["beat"] - loop.time()))
            posts.append(loop.create_task(self.post(first + place)))
        await asyncio.gather(*posts)

    async def post(self, number: int) -> None:
        posts = self._plan["posts"]
        writer = number % len(self._callers)
        began = self.began[number] = time.perf_counter()
        status, _headers, body = await self._callers[writer].ask(
            "POST", posts["path"], posts["writers"][writer], posts["body"].replace("{n}", str(number))
        )
        self.took.append(time.perf_counter() - began)
        assert status == 200, body

    def close(self) -> None:
        for caller in self._callers:
            caller.close()


async def fanout(plan: dict, say, go) -> None:
    """Plan: port, streams, posts, beat, seconds, in_time. Says when it is ready, and what was heard."""
    waits: list[float] = []
    beat = Beat(plan)

    def heard(ear, numbers, now) -> None:
        for number in numbers:
            waits.append(now - beat.began.get(number, now))

    say({"before": True})
    await go()
    ears = await listen(plan["port"], plan["streams"], heard)
    await calm()
    say({"ready": True})
    await go()
    before = sum(ear.received for ear in ears)
    notes = int(plan["beat"] * plan["seconds"])
    expected = notes * len(ears)
    await beat.run(1, notes)
    patience = time.perf_counter() + PATIENCE
    while time.perf_counter() < patience and len(waits) < expected:
        await asyncio.sleep(0.02)
    say(
        {
            "expected": expected,
            "heard": len(waits),
            "in_time": sum(wait <= plan["in_time"] for wait in waits) / expected,
            "p50_ms": statistics.median(waits) * 1000,
            "p95_ms": statistics.quantiles(waits, n=20)[-1] * 1000,
            "post_p95_ms": statistics.quantiles(beat.took, n=20)[-1] * 1000,
            "bytes_a_note": round((sum(ear.received for ear in ears) - before) / expected),
        }
    )
    let_go(ears)
    beat.close()
