"""A real server with the example in it, and a room of real browsers: what the browser tests and the pictures drive."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ORIGIN = {"HX-Request": "true"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A running `implere run --example`; `desk`, `screen` and `join` are its three lines."""

    process: subprocess.Popen
    port: int
    lines: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def meeting(self) -> str:
        return re.search(r"/m/([0-9a-f-]{36})/", self.lines["screen"])[1]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=10)


def start(
    data: str, port: int | None = None, environment: dict[str, str] | None = None, errors=None
) -> Server:
    """Starts the server, with more settings where given, and waits for its three lines. `errors` is a file for what it logs."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "implere.cli", "run", "--example"],
        env=os.environ
        | {"IMPLERE_DATA": data, "IMPLERE_PORT": str(port), "PYTHONUNBUFFERED": "1"}
        | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    lines = {}
    for line in process.stdout:
        name, _sep, rest = line.strip().partition(": ")
        lines[name] = rest
        if name == "join":
            return Server(process, port, lines)
    raise AssertionError(f"the server ended: {process.wait()}")


@contextmanager
def running_server():
    data = tempfile.mkdtemp(prefix="implere-room-")
    server = start(data)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(data, ignore_errors=True)


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Room:
    """A facilitator, a screen and phones; each in a browser context of its own."""

    server: Server
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, address: str, width: int, height: int, **more) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": height}, **more)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    def desk(self, width=1280, height=900, **more) -> Page:
        return self.page(self.server.lines["desk"], width, height, **more)

    def screen(self, width=1920, height=1080, **more) -> Page:
        return self.page(self.server.lines["screen"], width, height, **more)

    def phone(self, width=390, height=844, **more) -> Page:
        return self.page(self.server.lines["join"], width, height, is_mobile=True, has_touch=True, **more)

    def silent_phone(self) -> "SilentPhone":
        """A participant that is only there by HTTP, to fill the room."""
        context = self.browser.new_context()
        self.contexts.append(context)
        context.request.get(self.server.lines["join"])
        return SilentPhone(context, self.server)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@dataclass
class SilentPhone:
    context: BrowserContext
    server: Server

    def send(self, activity: str, path: str, form: dict) -> None:
        """Posts to an activity's address as the page's script does."""
        address = f"{self.server.address}/m/{self.server.meeting}/activities/{activity}/{path}"
        answer = self.context.request.post(address, form=form, headers=ORIGIN)
        assert answer.ok, answer.text()
