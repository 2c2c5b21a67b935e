"""Everybody comes back at once, and each has missed something."""

import asyncio
import time

from bench.client.ears import let_go, listen


async def storm(plan: dict, say, go) -> None:
    """Plan: port, streams, marks (the numbers that each must hear), patience in seconds."""
    wanted = frozenset(plan["marks"])
    there: list[float] = []

    def heard(ear, _numbers, now) -> None:
        if ear.known >= wanted and not getattr(ear, "whole", False):
            ear.whole = True
            there.append(now)

    say({"ready": True})
    await go()
    began = time.perf_counter()
    ears = await listen(plan["port"], plan["streams"], heard, at_once=True)
    while time.perf_counter() < began + plan["patience"] and len(there) < len(ears):
        await asyncio.sleep(0.02)
    say({"seconds": max(there, default=began) - began, "behind": len(ears) - len(there)})
    let_go(ears)
