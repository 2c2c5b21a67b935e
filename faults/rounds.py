"""One round: a meeting with some phones and a desk, faults at random, and in the end what must hold."""

import asyncio
import random
import re
from dataclasses import dataclass, field

from faults.network import KINDS, Network
from faults.phones import Device
from faults.world import World

PHONES = 3
END = 25.0  # seconds until everything must have come to rest after the last fault


@dataclass
class Found:
    """What a round found: how often each promise was broken, with words for each time."""

    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    leaked: int = 0
    faults: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def say(self, what: str, words: str) -> None:
        setattr(self, what, getattr(self, what) + 1)
        self.words.append(f"{what}: {words}")


class Round:
    def __init__(self, world: World, seed: str):
        self.world, self.chance, self.found = world, random.Random(seed), Found()
        self.shown_from = float("inf")  # when the desk first asked to show the notes
        self.keeping = asyncio.get_running_loop().create_future()
        self.marks: dict[str, str] = {}  # command id -> the mark in its text

    async def play(self) -> Found:
        self.meeting, self.board, desk_cookie, join = await asyncio.to_thread(make_meeting)
        networks = [Network(self.world.ports, self.chance) for _ in range(PHONES + 1)]
        ports = [await network.start() for network in networks]
        page = f"/m/{self.meeting.pk}/"
        self.phones = [
            Device(port, page, self.chance, tabs=self.chance.choice([1, 1, 2])) for port in ports[1:]
        ]
        self.desk = Device(ports[0], f"{page}desk/", self.chance, cookies=desk_cookie)
        for phone in self.phones:
            await phone.open(join)
            await phone.open()
        following = [asyncio.create_task(phone.follow()) for phone in self.phones]
        try:
            harm = asyncio.create_task(self._harm(networks))
            await asyncio.gather(harm, self._facilitate(), *(self._write(number) for number in range(PHONES)))
            for network in networks:
                network.trouble = ""
            await self._come_to_rest()
        finally:
            for task in (*following, self.keeping):
                task.cancel()
            for network in networks:
                await network.stop()
        await asyncio.to_thread(self._look_into_the_database)
        self._look_at_what_was_heard()
        return self.found

    # -- what people do -------------------------------------------------------------------------------------------

    def _path(self, end: str) -> str:
        return f"/m/{self.meeting.pk}/activities/{self.board.pk}/{end}"

    async def _write(self, number: int) -> None:
        phone = self.phones[number]
        for turn in range(self.chance.randint(2, 4)):
            mark = f"MARK-{number}-{turn}-{self.chance.randrange(10**9)}."
            self.marks[phone.put(self._path("notes/"), text=f"Vi mangler tid {mark}")] = mark
            if self.chance.random() < 0.6:
                await phone.send_all()
            if turn and self.chance.random() < 0.3:
                await self._take_back(phone)
        await phone.send_all()

    async def _take_back(self, phone: Device) -> None:
        """One of its own, as the page shows it after an answer."""
        for command_id, body in list(phone.kept.items()):
            mark = self.marks.get(command_id)
            own = (
                re.search(rf'id="own-([0-9a-f-]+)">\s*<p class="note-text">[^<]*{re.escape(mark)}', body)
                if mark
                else None
            )
            if own:
                self.marks[phone.put(self._path(f"notes/{own[1]}/removal/"))] = f"-{mark}"
                await phone.send_all()
                return

    async def _facilitate(self) -> None:
        await asyncio.sleep(self.chance.random() * 1.5)
        if self.chance.random() < 0.8:
            self.shown_from = asyncio.get_running_loop().time()
            self.desk.put(self._path("showing/"))
            await self.desk.send_all()
        if self.chance.random() < 0.25:
            await asyncio.sleep(self.chance.random())
            self.desk.put(self._path("closing/"))
            await self.desk.send_all()
        if self.chance.random() < 0.2:
            await asyncio.sleep(self.chance.random())
            self.desk.put(f"/m/{self.meeting.pk}/closing/")
            await self.desk.send_all()

    async def _harm(self, networks: list[Network]) -> None:
        for _fault in range(self.chance.choice([1, 1, 2])):
            await asyncio.sleep(self.chance.random() * 0.5)
            if self.chance.random() < 0.3:
                kind = self.chance.choice(KINDS)
                for network in networks:
                    network.trouble = kind
                    if kind == "cut":
                        network.cut_all()
                await asyncio.sleep(0.5 + self.chance.random())
                self.found.faults.append(kind)
            else:
                self.found.faults.append(await self.chance.choice(self.world.faults())(self.chance))
            for network in networks:
                network.trouble = ""
        self.keeping = asyncio.create_task(self._keep_alive())

    async def _keep_alive(self) -> None:
        """A server that was to die at its sixth command may do so when the harm is over."""
        while True:
            await self.world.revive()
            await asyncio.sleep(0.2)

    async def _come_to_rest(self) -> None:
        """Every outbox is empty, and every page that the stream made is the one that the server draws."""
        until = asyncio.get_running_loop().time() + END
        for device in (*self.phones, self.desk):
            await asyncio.wait_for(device.send_all(), END)
        behind = list(self.phones)
        while behind and asyncio.get_running_loop().time() < until:
            behind = [phone for phone in behind if not await phone.is_up_to_date()]
            await asyncio.sleep(0.1)
        for phone in behind:
            self.found.say("lost", f"a page at {phone.page.after} never became the server's")

    # -- what must hold -------------------------------------------------------------------------------------------

    def _look_into_the_database(self) -> None:
        from django.db import connection

        from implere.boards.models import Note
        from implere.meetings.models import ActivityKey, Meeting

        connection.close()  # the round may have taken the database away from under it
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        notes = list(Note.objects.filter(activity=self.board))
        for phone in self.phones:
            for command_id, mark in self.marks.items():
                if mark.startswith("-"):
                    gone = [n for n in notes if mark[1:] in n.text and n.removed_at]
                    if command_id in phone.kept and not gone:
                        self.found.say("lost", f"{mark} was taken back and is there")
                    continue
                there = sum(mark in note.text for note in notes)
                if command_id in phone.kept and not there:
                    self.found.say("lost", f"{mark} was kept and is not there")
                if command_id in phone.refused and there:
                    self.found.say("doubled", f"{mark} was refused and is there")
                if there > 1:
                    self.found.say("doubled", f"{mark} is there {there} times")
        answered = {key for phone in self.phones for key in (*phone.kept, *phone.refused)}
        for command_id in self.marks.keys() - answered:
            self.found.say("lost", f"{self.marks[command_id]} was never answered")
        self.board.refresh_from_db()
        if self.board.closed_at and (
            any(note.writer for note in notes) or ActivityKey.objects.filter(activity=self.board).exists()
        ):
            self.found.say("leaked", "a tie is left from a note to who wrote it")
        if meeting.closed_at and [n for n in notes if n.group_id]:
            self.found.say("leaked", "a small group is left on a note")

    def _look_at_what_was_heard(self) -> None:
        for phone in self.phones:
            for fault in phone.faults:
                self.found.say("disordered", fault)
            for at, data in phone.heard:
                if at < self.shown_from and "MARK-" in data:
                    self.found.say("leaked", "a note was heard before it was shown")


def make_meeting():
    """An open meeting with an open anonymous brainstorm; the desk's cookie; the address to join by."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from implere.accounts.models import User
    from implere.initiatives.models import Cycle
    from implere.meetings import commands, reach

    connection.close()
    karen = User.objects.get(username="karen")
    meeting = commands.make_meeting(Cycle.objects.get(), by=karen, title="Faults", template="employees_45")
    board = meeting.activities.get(kind="brainstorm")
    commands.open_activity(board)
    board.refresh_from_db()
    client = Client()
    client.force_login(karen)
    name = settings.SESSION_COOKIE_NAME
    return meeting, board, {name: client.cookies[name].value}, f"/j/{meeting.code}/{reach.join_key(meeting)}/"
