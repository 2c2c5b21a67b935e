"""Who listens to a channel, and what is written to them."""

import asyncio
from dataclasses import dataclass

from implere.live import metrics
from implere.live.tickets import Ticket

MOST_BUFFERED = 1 << 20  # bytes that a slow listener may have waiting
LARGE = 1 << 13  # bytes
LAST_WORDS = 1.0  # seconds that it has for reading what it is told when it is let go


def frame(event: str, data: str, seq: int | None = None) -> bytes:
    """A server-sent event as one chunk of a chunked response."""
    lines = ([f"id: {seq}"] if seq is not None else []) + [f"event: {event}"]
    lines += [f"data: {line}" for line in (data.splitlines() or [""])]
    body = ("\n".join(lines) + "\n\n").encode()
    return b"%x\r\n%s\r\n" % (len(body), body)


@dataclass(eq=False)
class Listener:
    """Somebody who listens: may hear `ticket.audiences`, has everything up to `seq`."""

    ticket: Ticket
    transport: asyncio.Transport
    seq: int

    def __post_init__(self):
        self.wants = (tuple(self.ticket.audiences), self.ticket.view, self.ticket.language)

    def write(self, data: bytes) -> None:
        try:
            self.transport.write(data)
        except RuntimeError:  # it was closed under our hands; the server tells us that it has left
            return
        if len(data) > LARGE:
            self.drop_if_slow()

    def drop_if_slow(self) -> None:
        """Lets go who has too much waiting; it comes back with the last number that it has. Looked at with each beat, and after
        each large write."""
        if not self.transport.is_closing() and self.transport.get_write_buffer_size() > MOST_BUFFERED:
            self.transport.abort()
            metrics.count("implere_listeners_dropped_total")

    def let_go(self) -> None:
        """Tells it that this stream ends, and ends it: it comes back with the last number that it has."""
        if self.transport.is_closing():
            return
        self.transport.write(frame("bye", "") + b"0\r\n\r\n")
        self.transport.close()
        if self.transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(LAST_WORDS, self.transport.abort)


class Topic:
    """A channel: its listeners, by what they want, who have everything up to `seq`; and the newcomers, who have still to catch
    up."""

    def __init__(self):
        self.seq = 0
        self.listeners: dict[tuple, set[Listener]] = {}
        self.newcomers: set[Listener] = set()
        self.told: dict[
            tuple, float
        ] = {}  # when something was last written to those who want this, by the loop's clock

    def add(self, listener: Listener) -> None:
        self.newcomers.discard(listener)
        self.listeners.setdefault(listener.wants, set()).add(listener)

    def remove(self, listener: Listener) -> bool:
        """Whether it was there."""
        alike = self.listeners.get(listener.wants, self.newcomers)
        was_there = listener in alike or listener in self.newcomers
        alike.discard(listener)
        self.newcomers.discard(listener)
        if not alike:
            self.listeners.pop(listener.wants, None)
        return was_there

    def everybody(self) -> list[Listener]:
        return [*self.newcomers, *(listener for alike in self.listeners.values() for listener in alike)]

    def untold(self, since: float) -> list[Listener]:
        """Those who have been told nothing since then."""
        told = {wants for wants, at in self.told.items() if at > since}
        return [listener for listener in self.everybody() if listener.wants not in told]

    def __bool__(self) -> bool:
        return bool(self.listeners or self.newcomers)
