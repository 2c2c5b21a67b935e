"""Phones and a desk as a model of what people's devices do: an outbox that is sent in order until it is answered, and a stream
that is followed from the last number seen."""

import asyncio
import contextlib
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode
from uuid import uuid4

from tests.replay import ReplayedPage, fresh

PATIENCE = 2.0  # seconds for an answer


@dataclass
class Answer:
    status: int
    body: str
    headers: dict


async def ask(port: int, method: str, path: str, cookies: dict, form: dict | None = None) -> Answer:
    """One request on a connection of its own. Raises OSError or TimeoutError."""
    body = urlencode(form).encode() if form is not None else b""
    head = [f"{method} {path} HTTP/1.1", "host: localhost", "connection: close", "hx-request: true"]
    head += [f"cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}"] if cookies else []
    if form is not None:
        head += ["content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}"]
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
            answered = await reader.read()
        finally:
            writer.transport.abort()
    top, _gap, rest = answered.partition(b"\r\n\r\n")
    lines = top.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines[1:]:
        name, _colon, value = line.partition(": ")
        headers.setdefault(name.lower(), []).append(value)
    if not lines[0].startswith("HTTP/1.1 ") or len(rest) != int(headers.get("content-length", ["0"])[0]):
        raise OSError("cut in the middle")
    return Answer(int(lines[0].split()[1]), rest.decode(), headers)


@dataclass
class Device:
    """A browser: cookies, a page, an outbox. `kept` and `refused` hold the ids of the commands that were answered so."""

    port: int
    page_path: str
    chance: random.Random
    cookies: dict = field(default_factory=dict)
    outbox: list[tuple[str, dict]] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    heard: list[tuple[float, str]] = field(default_factory=list)
    tabs: int = 1

    def put(self, path: str, **form) -> str:
        """Into the outbox; the command's id."""
        command_id = str(uuid4())
        self.outbox.append((path, form | {"command_id": command_id}))
        return command_id

    async def open(self, path: str = "") -> None:
        """Loads the page, following where it leads, until it is there."""
        path = path or self.page_path
        while True:
            try:
                answer = await ask(self.port, "GET", path, self.cookies)
            except (OSError, TimeoutError):
                await self._pause()
                continue
            for cookie in answer.headers.get("set-cookie", []):
                name, _is, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            if answer.status in (302, 303):
                path = answer.headers["location"][0]
            elif answer.status == 200:
                break
            else:
                await self._pause()
        self.page = ReplayedPage(answer.body, "phone")
        self.ticket = self.page.tree.xpath("//body")[0].get("data-ticket")

    async def _pause(self) -> None:
        await asyncio.sleep(0.05 + self.chance.random() * 0.25)

    async def send_all(self) -> None:
        """Sends the outbox in order, each until it is answered; two tabs of a phone may do it at once."""
        await asyncio.gather(*(self._send_all() for _tab in range(self.tabs)))

    async def _send_all(self) -> None:
        while self.outbox:
            path, form = self.outbox[0]
            try:
                answer = await ask(self.port, "POST", path, self.cookies, form)
            except (OSError, TimeoutError):
                await self._pause()
                continue
            if answer.status not in (200, 202, 409):  # 202: too late, and handed to the facilitator
                await self._pause()
                continue
            (self.refused if answer.status == 409 else self.kept)[form["command_id"]] = answer.body
            self.outbox[:] = [each for each in self.outbox if each[1]["command_id"] != form["command_id"]]

    async def follow(self) -> None:
        """Follows the stream for ever; what is told is swapped in."""
        while True:
            with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
                await self.follow_once()
            await self._pause()

    async def follow_once(self) -> None:
        """Follows one stream until it ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            self.cursor = self.page.after
            path = f"/stream/?ticket={quote(self.ticket)}&after={self.page.after}"
            writer.write(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            if b" 200 " not in head.split(b"\r\n")[0]:
                return
            text = ""
            while True:
                async with asyncio.timeout(4.5):
                    size = int((await reader.readline()).strip(), 16)
                    chunk = await reader.readexactly(size + 2)
                if not size:
                    return
                text += chunk[:-2].decode()
                while "\n\n" in text:
                    event, _gap, text = text.partition("\n\n")
                    await self._take(event)
        finally:
            writer.transport.abort()

    async def _take(self, event: str) -> None:
        fields = re.findall(r"^(id|event|data): ?(.*)$", event, re.M)
        kind = next((value for name, value in fields if name == "event"), "")
        data = "\n".join(value for name, value in fields if name == "data")
        seq = next((int(value) for name, value in fields if name == "id"), None)
        if kind == "fresh":
            await self.open()
        elif kind == "html":
            if seq <= self.cursor:
                self.faults.append(f"{seq} after {self.cursor}")
            self.cursor = seq
            self.heard.append((time.monotonic(), data))
            if seq > self.page.after:  # else a page that was fetched meanwhile has it
                self.page.after = seq
                self.page.swap(data)

    async def is_up_to_date(self) -> bool:
        """Whether what the stream made of the page is what the server shows now."""
        try:
            answer = await ask(self.port, "GET", self.page_path, self.cookies)
        except (OSError, TimeoutError):
            return False
        return answer.status == 200 and fresh(answer.body) == self.page.text()
