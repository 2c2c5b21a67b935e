"""Listeners that cost little: what comes is the same bytes for everybody, so it is read once and looked up by the others."""

import asyncio
import re
import time
from functools import lru_cache

MARK = re.compile(rb"bench-(\d+)\.")
NEWS = re.compile(rb"event: (?:html|fresh)")
PRIVATE = re.compile(rb'data-private data-src="([^"]+)"')


@lru_cache(64)
def read(data: bytes) -> tuple[frozenset, bool, str]:
    """(numbers of the notes in it, is it news, the address of what only this participant may see)."""
    private = PRIVATE.search(data)
    return (
        frozenset(int(number) for number in MARK.findall(data)),
        NEWS.search(data) is not None,
        private[1].decode() if private else "",
    )


class Ear(asyncio.Protocol):
    """One phone's stream. `heard(ear, numbers, now)` is called with the numbers that are new to it."""

    last_news = 0.0  # when any ear last heard anything but a beat

    def __init__(self, ask: str, heard, private=None):
        self._ask = ask.encode()
        self._heard = heard
        self._private = private
        self._tail = b""
        self.known: set[int] = set()
        self.received = 0
        self.awake = asyncio.get_running_loop().create_future()

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(self._ask)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.received += len(data)
        if self._tail:
            data = self._tail + data
        self._tail = b"" if data.endswith(b"\n\n\r\n") else data[-4096:]
        numbers, news, private = read(data)
        if not self.awake.done():
            self.awake.set_result(None)
        if news:
            Ear.last_news = now
        new = numbers - self.known
        if new:
            self.known |= new
            self._heard(self, new, now)
        if private and self._private:
            self._private(self, private)


async def listen(port: int, asks: list[str], heard, *, private=None, at_once: bool = False) -> list[Ear]:
    """A stream for each; they have all had their first words when it returns. `at_once`: nobody waits for anybody."""
    loop = asyncio.get_running_loop()
    ears = [Ear(ask, heard, private) for ask in asks]
    opening = [loop.create_connection(lambda ear=ear: ear, "127.0.0.1", port) for ear in ears]
    if at_once:
        await asyncio.gather(*opening)
    else:
        for each in opening:
            await each
    await asyncio.gather(*(ear.awake for ear in ears))
    return ears


async def calm(seconds: float = 1.5, patience: float = 30) -> None:
    """Waits until nobody has heard news for a while: who is here has been told to all."""
    until = time.perf_counter() + patience
    Ear.last_news = time.perf_counter()
    while time.perf_counter() < min(until, Ear.last_news + seconds):
        await asyncio.sleep(0.05)


def let_go(ears: list[Ear]) -> None:
    for ear in ears:
        ear.transport.abort()
