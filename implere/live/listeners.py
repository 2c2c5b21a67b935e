"""Who listens to a channel, and what is written to them."""

import asyncio
from dataclasses import dataclass, field

from implere.live import metrics
from implere.live.tickets import Ticket

MOST_BUFFERED = 1 << 20  # bytes that a slow listener may have waiting
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

    @property
    def wants(self) -> tuple:
        return (tuple(self.ticket.audiences), self.ticket.view, self.ticket.language)

    def write(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self.transport.write(data)
        if self.transport.get_write_buffer_size() > MOST_BUFFERED:
            self.transport.abort()  # it comes back with the last number that it has
            metrics.count("implere_listeners_dropped_total")

    def let_go(self) -> None:
        """Tells it that this stream ends, and ends it: it comes back with the last number that it has."""
        if self.transport.is_closing():
            return
        self.transport.write(frame("bye", "") + b"0\r\n\r\n")
        self.transport.close()
        if self.transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(LAST_WORDS, self.transport.abort)


@dataclass
class Topic:
    """A channel: its listeners, who have everything up to `seq`, and the newcomers, who have still to catch up."""

    seq: int = 0
    listeners: set = field(default_factory=set)
    newcomers: set = field(default_factory=set)

    @property
    def everybody(self) -> set:
        return self.listeners | self.newcomers
