"""The hub: reads the log once, draws each event once for each view and language, and writes it once to each listener.

It lives in the event loop; reading and drawing happen in one thread of its own with a kept connection. A listener is
anything with `ticket`, `after` and a transport. Nothing is filtered here: an event goes to who may hear its audience, drawn
for that view, and what must not be seen was never drawn.
"""

import asyncio
import logging
import time
from collections import OrderedDict, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from implere.live import metrics, queries, wakeups
from implere.live.tickets import Ticket

GATHER = 0.01  # seconds that events are gathered for into one write
POLL = 1.0  # seconds between looks at the log, for what another process wrote
BEAT = 2.0  # seconds between heartbeats
CHORES = 300.0  # seconds between the chores
PRESENCE = 0.5  # seconds that comings and goings are gathered for
FAR_BEHIND = 300  # events; past that the page is fetched anew
MOST_BUFFERED = 1 << 20  # bytes that a slow listener may have waiting
DRAWINGS_KEPT = 2000

log = logging.getLogger(__name__)


def frame(event: str, data: str, seq: int | None = None) -> bytes:
    """A server-sent event as one chunk of a chunked response."""
    lines = ([f"id: {seq}"] if seq is not None else []) + [f"event: {event}"]
    lines += [f"data: {line}" for line in (data.splitlines() or [""])]
    body = ("\n".join(lines) + "\n\n").encode()
    return b"%x\r\n%s\r\n" % (len(body), body)


@dataclass(eq=False)
class Listener:
    """Somebody who listens: may hear `ticket.audiences`, has everything up to `seq`. Until it has caught up, what
    comes in the meantime waits in `pending`."""

    ticket: Ticket
    transport: asyncio.Transport
    seq: int
    ready: bool = False
    pending: list = field(default_factory=list)

    def write(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self.transport.write(data)
        if self.transport.get_write_buffer_size() > MOST_BUFFERED:
            self.transport.abort()  # it comes back with the last number that it has
            metrics.count("implere_listeners_dropped_total")


@dataclass
class Topic:
    """A channel with listeners; what was handed out goes up to `seq`."""

    seq: int
    listeners: set = field(default_factory=set)


class Hub:
    """`render(event, view, language)` gives an event's HTML, "" for nothing. `presence({channel: {who: here}})` is told, in a
    thread, who came and who left: people are counted, not connections. `chores()` runs in the same thread every few minutes."""

    def __init__(self, render, presence=None, chores=None):
        self._chores = chores
        self._render = render
        self._presence = presence
        self._topics: dict[str, Topic] = {}
        self._streams: dict[tuple[str, str], int] = defaultdict(int)
        self._changes: dict[str, dict[str, bool]] = defaultdict(dict)
        self._drawn: OrderedDict = OrderedDict()
        self._woken: set[str] = set()
        self._reader = ThreadPoolExecutor(1, "hub-reader")
        self._teller = ThreadPoolExecutor(1, "hub-presence")
        self._tasks: set[asyncio.Task] = set()
        self._gathering = False
        self._telling = False

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Called in the event loop."""
        self._loop = asyncio.get_running_loop()
        wakeups.subscribe(self._wake)
        for work in (self._poll(), self._beat(), self._do_chores()):
            self._spawn(work)

    def close(self) -> None:
        """Tells every listener that the server goes, and ends the streams."""
        wakeups.unsubscribe(self._wake)
        self._presence = None  # who leaves now is not news
        for topic in self._topics.values():
            for listener in topic.listeners:
                if not listener.transport.is_closing():
                    listener.transport.write(frame("bye", "") + b"0\r\n\r\n")
                    listener.transport.close()
        for task in self._tasks:
            task.cancel()
        self._reader.shutdown(wait=False, cancel_futures=True)
        self._teller.shutdown(wait=False, cancel_futures=True)

    def _spawn(self, work) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- coming and going -----------------------------------------------------------------------------------------

    def join(self, listener: Listener) -> None:
        """Listens from now on; what was missed since `listener.seq` is read after that, so there is no gap."""
        channel = listener.ticket.channel
        topic = self._topics.setdefault(channel, Topic(seq=-1))
        topic.listeners.add(listener)
        metrics.count("implere_listeners")
        self._note(listener, +1)
        self._spawn(self._catch_up(listener, topic))

    def leave(self, listener: Listener) -> None:
        topic = self._topics.get(listener.ticket.channel)
        if topic is None or listener not in topic.listeners:
            return
        topic.listeners.discard(listener)
        metrics.count("implere_listeners", -1)
        if not topic.listeners:
            del self._topics[listener.ticket.channel]
        self._note(listener, -1)

    def count(self) -> int:
        return sum(len(topic.listeners) for topic in self._topics.values())

    def _note(self, listener: Listener, change: int) -> None:
        who = listener.ticket.who
        if not who or self._presence is None:
            return
        key = (listener.ticket.channel, who)
        self._streams[key] += change
        here = self._streams[key] > 0
        if not here:
            del self._streams[key]
        if self._streams.get(key, 0) == (1 if change > 0 else 0):
            self._changes[key[0]][who] = here
            if not self._telling:
                self._telling = True
                self._loop.call_later(PRESENCE, self._tell_presence)

    def _tell_presence(self) -> None:
        self._telling = False
        changes, self._changes = dict(self._changes), defaultdict(dict)
        if changes and self._presence:
            self._teller.submit(self._safely, self._presence, changes)

    @staticmethod
    def _safely(work, *arguments) -> None:
        try:
            work(*arguments)
        except Exception:
            log.exception("what the hub tells could not be taken in")

    # -- handing out ----------------------------------------------------------------------------------------------

    def _wake(self, channel: str) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._gather, channel)

    def _gather(self, channel: str) -> None:
        if channel in self._topics:
            self._woken.add(channel)
            if not self._gathering:
                self._gathering = True
                self._loop.call_later(GATHER, lambda: self._spawn(self._hand_out()))

    async def _hand_out(self) -> None:
        self._gathering = False
        woken, self._woken = self._woken, set()
        for channel in woken:
            topic = self._topics.get(channel)
            if topic is None or topic.seq < 0:
                continue
            wanted = {_wants(listener) for listener in topic.listeners}
            drawn = await self._in_reader(self._read, channel, topic.seq, wanted)
            if drawn and topic.seq < drawn[-1][0]:
                await self._write(topic, [each for each in drawn if each[0] > topic.seq])

    async def _write(self, topic: Topic, drawn: list) -> None:
        """`drawn`: [(seq, {(audiences, view, language): bytes})] in order."""
        topic.seq = drawn[-1][0]
        for number, listener in enumerate(list(topic.listeners), start=1):
            wants = _wants(listener)
            mine = [(seq, frames[wants]) for seq, frames in drawn if wants in frames]
            if listener.ready:
                self._give(listener, mine)
            else:
                listener.pending += mine
            if number % 100 == 0:
                await asyncio.sleep(0)

    @staticmethod
    def _give(listener: Listener, frames: list) -> None:
        data = b"".join(data for seq, data in frames if seq > listener.seq)
        if frames:
            listener.seq = max(listener.seq, frames[-1][0])
        if data:
            listener.write(data)

    async def _catch_up(self, listener: Listener, topic: Topic) -> None:
        now, missed = await self._in_reader(
            self._missed, listener.ticket.channel, listener.seq, _wants(listener)
        )
        if topic.seq < 0:
            topic.seq = now
        if missed is None:
            listener.seq = now
            listener.write(frame("fresh", str(now), now))
        else:
            self._give(listener, missed)
        listener.ready = True
        pending, listener.pending = listener.pending, []
        self._give(listener, pending)
        self._gather(listener.ticket.channel)

    # -- in the reader's thread -----------------------------------------------------------------------------------

    def _in_reader(self, work, *arguments):
        return self._loop.run_in_executor(self._reader, work, *arguments)

    def _read(self, channel: str, after: int, wanted) -> list:
        drawn = []
        for event in queries.events_after(channel, after):
            frames = {want: self._draw(event, *want) for want in wanted}
            drawn.append((event.seq, {want: data for want, data in frames.items() if data}))
            metrics.observe("implere_lag_seconds", max(0.0, time.time() - event.at.timestamp()))
        return drawn

    def _missed(self, channel: str, after: int, wants) -> tuple[int, list | None]:
        """(the channel's position, the frames after `after`), or None for frames when that is too far or in the future."""
        now = queries.position(channel)
        if after > now or now - after > FAR_BEHIND:
            return now, None
        events = queries.events_after(channel, after)
        frames = [(event.seq, self._draw(event, *wants)) for event in events]
        return (events[-1].seq if events else now), [(seq, data) for seq, data in frames if data]

    def _draw(self, event, audiences, view, language) -> bytes:
        if event.audience not in audiences:
            return b""
        key = (event.pk, view, language)
        if key not in self._drawn:
            try:
                html = self._render(event, view, language)
                self._drawn[key] = frame("html", html, event.seq) if html else b""
            except Exception:
                log.exception("an event of kind %s could not be drawn", event.kind)
                self._drawn[key] = frame("fresh", str(event.seq), event.seq)
            if len(self._drawn) > DRAWINGS_KEPT:
                self._drawn.popitem(last=False)
        return self._drawn[key]

    # -- by the clock ---------------------------------------------------------------------------------------------

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            known = {channel: topic.seq for channel, topic in self._topics.items() if topic.seq >= 0}
            if known:
                news = await self._in_reader(self._channels_with_news, known)
                for channel in news:
                    self._gather(channel)

    @staticmethod
    def _channels_with_news(known: dict[str, int]) -> list[str]:
        return [channel for channel, seq in queries.positions(known).items() if seq > known[channel]]

    async def _do_chores(self) -> None:
        while self._chores:
            await self._loop.run_in_executor(self._teller, self._safely, self._chores)
            await asyncio.sleep(CHORES)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            beat = frame("beat", str(int(time.time() * 1000)))
            listeners = [listener for topic in self._topics.values() for listener in topic.listeners]
            for number, listener in enumerate(listeners, start=1):
                listener.write(beat)
                if number % 100 == 0:
                    await asyncio.sleep(0)


def _wants(listener: Listener) -> tuple:
    ticket = listener.ticket
    return (tuple(ticket.audiences), ticket.view, ticket.language)
