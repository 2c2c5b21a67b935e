"""The hub: reads the log once, draws each event once for each view and language, and writes it once to each listener.

It lives in the event loop; reading and drawing happen in one thread of its own with a kept connection. A listener is
anything with `ticket`, `after` and a transport. Nothing is filtered here: an event goes to who may hear its audience, drawn
for that view, and what must not be seen was never drawn.
"""

import asyncio
import itertools
import logging
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections

from implere.live import metrics, queries, wakeups
from implere.live.attendance import Attendance
from implere.live.listeners import Listener, Topic, frame
from implere.live.neighbours import Neighbours

GATHER = 0.01  # seconds that events are gathered for into one write
POLL = 1.0  # seconds between looks at the log, for what another process wrote
BEAT = 2.0  # seconds between heartbeats
CHORES = 300.0  # seconds between the chores
PRESENCE = 0.5  # seconds that comings and goings are gathered for
STILL_HERE = 20  # times that, between telling anew of everybody who is here
FAR_BEHIND = 300  # events; past that the page is fetched anew
DRAWINGS_KEPT = 2000

log = logging.getLogger(__name__)


class Hub:
    """`render(event, view, language)` gives an event's HTML, "" for nothing. `presence({channel: {who: here}})` is told, in a
    thread, who came and who left: people are counted, not connections. `chores()` runs in the same thread every few minutes."""

    def __init__(self, render, presence=None, chores=None):
        self._chores = chores
        self._render = render
        self._presence = presence
        self._topics: dict[str, Topic] = {}
        self._attendance = Attendance()
        self._drawn: OrderedDict = OrderedDict()
        self._woken: set[str] = set()
        self._reader = ThreadPoolExecutor(1, "hub-reader")
        self._teller = ThreadPoolExecutor(1, "hub-presence")
        self._tasks: set[asyncio.Task] = set()
        self._news = asyncio.Event()
        self._neighbours = Neighbours(self._hear)

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Called in the event loop."""
        self._loop = asyncio.get_running_loop()
        wakeups.subscribe(self._wake)
        self._neighbours.start()
        for work in (self._hand_out(), self._poll(), self._beat()):
            self._spawn(work)
        if self._presence:
            self._spawn(self._tell_attendance())
        if self._chores:
            self._spawn(self._do_chores())

    def close(self) -> None:
        """Tells every listener that the server goes, and ends the streams."""
        wakeups.unsubscribe(self._wake)
        self._neighbours.close()
        for topic in self._topics.values():
            for listener in topic.everybody:
                listener.let_go()
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
        """Listens from now on, after what was missed since `listener.seq`: no gap, no repeat."""
        channel = listener.ticket.channel
        self._topics.setdefault(channel, Topic()).newcomers.add(listener)
        metrics.count("implere_listeners")
        if listener.ticket.who:
            self._attendance.come(channel, listener.ticket.who)
        self._gather(channel)

    def leave(self, listener: Listener) -> None:
        channel = listener.ticket.channel
        topic = self._topics.get(channel)
        if topic is None or not (listener in topic.listeners or listener in topic.newcomers):
            return
        topic.listeners.discard(listener)
        topic.newcomers.discard(listener)
        metrics.count("implere_listeners", -1)
        if not (topic.listeners or topic.newcomers):
            del self._topics[channel]
        if listener.ticket.who:
            self._attendance.go(channel, listener.ticket.who)

    def count(self) -> int:
        return sum(len(topic.everybody) for topic in self._topics.values())

    async def _tell_attendance(self) -> None:
        """What changed, twice a second; now and then everybody, as another process may think otherwise."""
        for beat in itertools.count(1):
            await asyncio.sleep(PRESENCE)
            told = self._attendance.changes()
            if beat % STILL_HERE == 0:
                told = self._attendance.everybody() | told
            if told:
                await self._in_teller(self._presence, told)

    def _in_teller(self, work, *arguments):
        def run():
            try:
                close_old_connections()
                work(*arguments)
            except Exception:
                log.exception("what the hub tells could not be taken in")

        return self._loop.run_in_executor(self._teller, run)

    # -- handing out ----------------------------------------------------------------------------------------------

    def _wake(self, channel: str) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._gather, channel)

    def _hear(self, channel: str) -> None:
        """Another process has news."""
        metrics.count("implere_wakeups_heard_total")
        self._wake(channel)

    def _gather(self, channel: str) -> None:
        if channel in self._topics:
            self._woken.add(channel)
            self._news.set()

    async def _hand_out(self) -> None:
        """One task hands everything out, so that no event overtakes another on its way."""
        while True:
            await self._news.wait()
            await asyncio.sleep(GATHER)
            self._news.clear()
            woken, self._woken = self._woken, set()
            for channel in woken:
                if topic := self._topics.get(channel):
                    try:
                        await self._catch_up(channel, topic)
                        await self._hand_on(channel, topic)
                    except Exception:
                        log.exception("the log could not be read")  # the poll tries again

    async def _catch_up(self, channel: str, topic: Topic) -> None:
        """Gives the newcomers what they missed. Two queries, however many came."""
        newcomers = list(topic.newcomers)
        if not newcomers:
            return
        asked = {(listener.seq, listener.wants) for listener in newcomers}
        now, missed = await self._in_reader(self._missed, channel, asked)
        if not topic.listeners:
            topic.seq = now
        for number, listener in enumerate(newcomers, start=1):
            frames = missed[listener.seq, listener.wants]
            if listener in topic.newcomers:  # else it has left meanwhile
                topic.newcomers.discard(listener)
                topic.listeners.add(listener)
                if frames is None:
                    listener.write(frame("fresh", str(now), now))
                else:
                    self._give(listener, frames)
                listener.seq = now
            if number % 100 == 0:
                await asyncio.sleep(0)

    async def _hand_on(self, channel: str, topic: Topic) -> None:
        """Gives the listeners what is new."""
        wanted = {listener.wants for listener in topic.listeners}
        drawn = await self._in_reader(self._read, channel, topic.seq, wanted)
        if not drawn:
            return
        topic.seq = drawn[-1][0]
        for number, listener in enumerate(list(topic.listeners), start=1):
            wants = listener.wants
            self._give(listener, [(seq, frames[wants]) for seq, frames in drawn if wants in frames])
            if number % 100 == 0:
                await asyncio.sleep(0)

    @staticmethod
    def _give(listener: Listener, frames: list) -> None:
        data = b"".join(data for seq, data in frames if seq > listener.seq)
        if frames:
            listener.seq = max(listener.seq, frames[-1][0])
        if data:
            listener.write(data)

    # -- in the reader's thread -----------------------------------------------------------------------------------

    def _in_reader(self, work, *arguments):
        """Runs it there, on a connection that is thrown away first where the database has gone from it."""

        def run():
            close_old_connections()
            return work(*arguments)

        return self._loop.run_in_executor(self._reader, run)

    def _read(self, channel: str, after: int, wanted) -> list:
        drawn = []
        for event in queries.events_after(channel, after):
            frames = {want: self._draw(event, *want) for want in wanted}
            drawn.append((event.seq, {want: data for want, data in frames.items() if data}))
            metrics.observe("implere_lag_seconds", max(0.0, time.time() - event.at.timestamp()))
        return drawn

    def _missed(self, channel: str, asked) -> tuple[int, dict]:
        """(the channel's position, {(after, wants): the frames after `after`}), None for the frames where that is too far or in
        the future."""
        now = queries.position(channel)
        near = [after for after, _wants in asked if now - FAR_BEHIND <= after <= now]
        events = queries.events_after(channel, min(near)) if near and min(near) < now else []
        now = events[-1].seq if events else now
        missed = {}
        for after, wants in asked:
            frames = [(event.seq, self._draw(event, *wants)) for event in events if event.seq > after]
            missed[after, wants] = [each for each in frames if each[1]] if after in near else None
        return now, missed

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
            known = {channel: topic.seq for channel, topic in self._topics.items()}
            if known:
                try:
                    news = await self._in_reader(self._channels_with_news, known)
                except Exception:
                    log.exception("the log could not be read")
                    continue
                for channel in news:
                    self._gather(channel)

    @staticmethod
    def _channels_with_news(known: dict[str, int]) -> list[str]:
        return [channel for channel, seq in queries.positions(known).items() if seq > known[channel]]

    async def _do_chores(self) -> None:
        while True:
            await self._in_teller(self._chores)
            await asyncio.sleep(CHORES)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            beat = frame("beat", str(int(time.time() * 1000)))
            listeners = [one for topic in self._topics.values() for one in topic.everybody]
            for number, listener in enumerate(listeners, start=1):
                listener.write(beat)
                if number % 100 == 0:
                    await asyncio.sleep(0)
