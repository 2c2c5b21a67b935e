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

POLL = 1.0  # seconds between looks at the log, for what another process wrote
BEAT = 2.0  # seconds between heartbeats
CHORES = 300.0  # seconds between the chores
PRESENCE = 0.5  # seconds that comings and goings are gathered for
STILL_HERE = 20  # times that, between telling anew of everybody who is here
FAR_BEHIND = 300  # events; past that the page is fetched anew
DRAWINGS_KEPT = 2000
AT_ONCE = 32  # listeners that are written to before others get their turn

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
            for listener in topic.everybody():
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
        if topic is None or not topic.remove(listener):
            return
        metrics.count("implere_listeners", -1)
        if not topic:
            del self._topics[channel]
        if listener.ticket.who:
            self._attendance.go(channel, listener.ticket.who)

    def count(self) -> int:
        return sum(len(topic.everybody()) for topic in self._topics.values())

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
        """One task hands everything out, so that no event overtakes another on its way; what comes meanwhile gathers."""
        while True:
            await self._news.wait()
            self._news.clear()
            woken, self._woken = self._woken, set()
            for channel in woken:
                if topic := self._topics.get(channel):
                    try:
                        await self._hand_on(channel, topic)
                        await self._catch_up(channel, topic)
                    except Exception:
                        log.exception("the log could not be read")  # the poll tries again

    async def _hand_on(self, channel: str, topic: Topic) -> None:
        """Gives the listeners what is new."""
        if not topic.listeners:
            return
        last, drawn = await self._in_reader(self._read, channel, topic.seq, list(topic.listeners))
        topic.seq = last
        for wants, data in drawn.items():
            if data:
                topic.told[wants] = self._loop.time()
                await self._write([(one, data) for one in topic.listeners.get(wants, ())])

    async def _catch_up(self, channel: str, topic: Topic) -> None:
        """Gives the newcomers what they missed, up to where the listeners are. Two queries, however many came."""
        newcomers = list(topic.newcomers)
        if not newcomers:
            return
        asked = {(listener.seq, listener.wants) for listener in newcomers}
        now, missed = await self._in_reader(
            self._missed, channel, asked, topic.seq if topic.listeners else None
        )
        topic.seq = now
        gifts = []
        for listener in newcomers:
            if listener not in topic.newcomers:
                continue  # it has left meanwhile
            gift = missed.get((listener.seq, listener.wants))
            if gift is None:  # its page is newer than what was handed on: next time
                self._gather(channel)
                continue
            topic.add(listener)
            if gift:
                gifts.append((listener, gift))
        await self._write(gifts)

    @staticmethod
    async def _write(gifts: list) -> None:
        """[(listener, bytes)]; others get their turn in between."""
        for start in range(0, len(gifts), AT_ONCE):
            for listener, data in gifts[start : start + AT_ONCE]:
                listener.write(data)
            await asyncio.sleep(0)

    # -- in the reader's thread -----------------------------------------------------------------------------------

    def _in_reader(self, work, *arguments):
        """Runs it there, on a connection that is thrown away first where the database has gone from it."""

        def run():
            close_old_connections()
            return work(*arguments)

        return self._loop.run_in_executor(self._reader, run)

    def _read(self, channel: str, after: int, wanted: list) -> tuple[int, dict]:
        """(the number of the last new event, {wants: all that is new, drawn})."""
        events = queries.events_after(channel, after)
        for event in events:
            metrics.observe("implere_lag_seconds", max(0.0, time.time() - event.at.timestamp()))
        drawn = {wants: b"".join(self._draw(event, *wants) for event in events) for wants in wanted}
        return (events[-1].seq if events else after), drawn

    def _missed(self, channel: str, asked, upto: int | None) -> tuple[int, dict]:
        """(where the listeners are, {(after, wants): what was missed, drawn}). Too far behind, or from the future, the page is
        fetched anew. What is newer than `upto` and no future is not answered yet."""
        position = queries.position(channel)
        now = position if upto is None else upto
        near = [after for after, _wants in asked if now - FAR_BEHIND <= after <= now]
        events = queries.events_after(channel, min(near)) if near and min(near) < now else []
        missed = {}
        for after, wants in asked:
            if now < after <= position:
                continue
            if after not in near:
                missed[after, wants] = frame("fresh", str(now), now)
                continue
            missed[after, wants] = b"".join(
                self._draw(event, *wants) for event in events if after < event.seq <= now
            )
        return now, missed

    def _draw(self, event, audiences, view, language) -> bytes:
        if event.audience not in audiences:
            return b""
        key = (event.pk, view, language)
        if key not in self._drawn:
            try:
                html = self._render(event, view, language)
            except Exception:
                log.exception("an event of kind %s could not be drawn", event.kind)
                return frame("fresh", str(event.seq), event.seq)
            self._drawn[key] = frame("html", html, event.seq) if html else b""
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
            lately = (
                self._loop.time() - BEAT / 2
            )  # whoever has been told something since then knows that we are here
            listeners = [one for topic in self._topics.values() for one in topic.untold(lately)]
            await self._write([(listener, beat) for listener in listeners])
            for listener in listeners:
                listener.drop_if_slow()
