"""The hub: no gap, no repeat, drawn once for each view and language, nothing to who may not hear it."""

import asyncio

import pytest
from django.db import connection

from implere.live import hub as hubs
from implere.live.commands import emit, write
from implere.live.hub import Hub
from implere.live.listeners import MOST_BUFFERED, Listener
from implere.live.tickets import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


class Transport:
    """What the hub writes to; `waiting` is what a slow listener has not read."""

    def __init__(self, waiting: int = 0):
        self.data, self.waiting, self.closed = b"", waiting, False

    def write(self, data):
        self.data += data

    def is_closing(self):
        return self.closed

    def get_write_buffer_size(self):
        return self.waiting

    def abort(self):
        self.closed = True

    close = abort

    def heard(self) -> list[str]:
        """The drawings that arrived, in order."""
        return [line[6:].decode() for line in self.data.split(b"\n") if line.startswith(b"data: drawn")]

    def kinds(self) -> set[str]:
        return {line[7:].decode() for line in self.data.split(b"\n") if line.startswith(b"event: ")}


def tell(number: int, audience: str = "room") -> None:
    with write():
        emit("a", "note", audience, number=number)


def listener(seq=0, audiences=("room",), view="phone", language="da", who="", transport=None) -> Listener:
    return Listener(Ticket("a", list(audiences), view, language, who), transport or Transport(), seq)


class Drawn(list):
    """Counts the drawings."""

    def __call__(self, event, view, language):
        self.append((event.seq, view, language))
        return f"drawn {event.seq} {view} {language}"


def with_hub(work, render=None, presence=None):
    """Runs `await work(hub)` in a loop with a started hub."""

    async def run():
        hub = Hub(Drawn() if render is None else render, presence)
        hub.start()
        try:
            await asyncio.wait_for(work(hub), 20)
        finally:
            await asyncio.get_running_loop().run_in_executor(hub._reader, lambda: connection.close())
            hub.close()

    asyncio.run(run())


async def until(true) -> None:
    while not true():
        await asyncio.sleep(0.005)


async def told(number, audience="room"):
    def work():
        tell(number, audience)
        connection.close()

    await asyncio.get_running_loop().run_in_executor(None, work)


def test_a_listener_gets_what_it_missed_and_what_comes_once_each():
    for number in range(5):
        tell(number)

    async def work(hub):
        one = listener(seq=2)
        hub.join(one)
        await told(5)
        await told(6)
        await until(lambda: len(one.transport.heard()) == 5)
        assert one.transport.heard() == [f"drawn {seq} phone da" for seq in (3, 4, 5, 6, 7)]

    with_hub(work)


def test_no_event_overtakes_another_in_a_full_room():
    async def work(hub):
        room = [listener() for _ in range(350)]
        for one in room:
            hub.join(one)
        await asyncio.gather(*(told(number) for number in range(30)))
        await until(lambda: all(len(one.transport.heard()) == 30 for one in room))
        assert {tuple(one.transport.heard()) for one in room} == {
            tuple(f"drawn {seq} phone da" for seq in range(1, 31))
        }

    with_hub(work)


def test_a_room_that_comes_back_at_once_is_brought_up_to_date_in_few_queries(monkeypatch):
    for number in range(40):
        tell(number)
    asked = []
    monkeypatch.setattr(
        hubs.queries, "events_after", lambda *a, real=hubs.queries.events_after: asked.append(a) or real(*a)
    )

    async def work(hub):
        room = [listener(seq=number % 40) for number in range(300)]
        for one in room:
            hub.join(one)
        await until(lambda: all(one.transport.heard()[-1:] == ["drawn 40 phone da"] for one in room))
        assert all(len(one.transport.heard()) == 40 - number % 40 for number, one in enumerate(room))

    with_hub(work)
    assert len(asked) <= 4


def test_an_event_is_drawn_once_for_each_view_and_language():
    render = Drawn()

    async def work(hub):
        room = [listener() for _ in range(5)] + [listener(view="screen"), listener(language="en")]
        for one in room:
            hub.join(one)
        await told(1)
        await until(lambda: all(one.transport.heard() for one in room))
        assert sorted(render) == [(1, "phone", "da"), (1, "phone", "en"), (1, "screen", "da")]

    with_hub(work, render)


def test_what_is_for_the_desk_never_reaches_the_room():
    async def work(hub):
        room, desk = listener(), listener(audiences=("room", "desk"), view="desk")
        hub.join(room)
        hub.join(desk)
        await told(1, "desk")
        await told(2)
        await until(lambda: room.transport.heard() and len(desk.transport.heard()) == 2)
        assert room.transport.heard() == ["drawn 2 phone da"]

    with_hub(work)


@pytest.mark.parametrize("seq", [999, 0])
def test_too_far_behind_or_in_the_future_the_page_is_fetched_anew(seq, monkeypatch):
    monkeypatch.setattr(hubs, "FAR_BEHIND", 3)
    for number in range(5):
        tell(number)

    async def work(hub):
        one = listener(seq=seq)
        hub.join(one)
        await until(lambda: "fresh" in one.transport.kinds())
        assert not one.transport.heard()
        await told(6)
        await until(lambda: one.transport.heard() == ["drawn 6 phone da"])

    with_hub(work)


def test_a_slow_listener_is_let_go_and_the_others_are_not():
    async def work(hub):
        slow, quick = listener(transport=Transport(waiting=MOST_BUFFERED + 1)), listener()
        hub.join(slow)
        hub.join(quick)
        await told(1)
        await until(lambda: slow.transport.closed and quick.transport.heard())
        assert not quick.transport.closed

    with_hub(work)


def test_a_drawing_that_fails_brings_the_page_anew_and_the_hub_goes_on():
    def render(event, view, language):
        if event.seq == 1:
            raise ValueError
        return f"drawn {event.seq}"

    async def work(hub):
        one = listener()
        hub.join(one)
        await told(1)
        await told(2)
        await until(lambda: one.transport.heard() == ["drawn 2"])
        assert "fresh" in one.transport.kinds()

    with_hub(work, render)


def test_people_are_counted_and_not_connections():
    changes = []

    async def work(hub):
        tabs = [listener(who="7"), listener(who="7")]
        for tab in tabs:
            hub.join(tab)
        await until(lambda: changes)
        hub.leave(tabs[0])
        hub.leave(tabs[1])
        await until(lambda: len(changes) == 2)
        assert changes == [{"a": {"7": True}}, {"a": {"7": False}}]

    with_hub(work, presence=changes.append)
