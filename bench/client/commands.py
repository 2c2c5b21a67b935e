"""Notes written as fast as the answers come or at a beat, and a crowd that only listens."""

import asyncio
import time

from bench.client.calls import Caller
from bench.client.ears import calm, let_go, listen
from bench.client.fanout import Beat

AT_ONCE = (
    8  # writers who each have a command under way: twice the server's threads, so that none of those waits
)


async def commands(plan: dict, say, go) -> None:
    """Plan: ports, posts, notes, slices. Writes a slice of the notes each time it is told to, the writers spread over the ports, and
    says its seconds."""
    posts = plan["posts"]
    ports = plan["ports"]
    callers = [Caller(ports[place % len(ports)]) for place in range(len(posts["writers"]))]
    numbers = iter(range(1, plan["notes"] + 1))

    async def write(writer: int, mine: list[int]) -> None:
        for number in mine:
            status, _headers, body = await callers[writer].ask(
                "POST", posts["path"], posts["writers"][writer], posts["body"].replace("{n}", str(number))
            )
            assert status == 200, body
            writer = (writer + AT_ONCE) % len(callers)

    for _slice in range(plan["slices"]):
        await go()
        today = [next(numbers) for _note in range(plan["notes"] // plan["slices"])]
        began = time.perf_counter()
        await asyncio.gather(*(write(place, today[place::AT_ONCE]) for place in range(AT_ONCE)))
        say({"seconds": time.perf_counter() - began})
    for caller in callers:
        caller.close()


async def beat(plan: dict, say, go) -> None:
    """Plan: port, posts, beat, slices, notes. Writes a slice at a beat each time it is told to, and says what each post took."""
    notes = plan["notes"] // plan["slices"]
    for part in range(plan["slices"]):
        await go()
        writing = Beat(plan)
        await writing.run(1 + part * notes, notes)
        writing.close()
        say({"took": writing.took})


async def hold(plan: dict, say, go) -> None:
    """Plan: port, streams. Listens until it is told to go."""
    ears = await listen(plan["port"], plan["streams"], lambda *_heard: None)
    await calm()
    say({"ready": True})
    await go()
    let_go(ears)
