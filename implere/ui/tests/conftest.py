"""A browser with pages made by hand: what the scripts do, without a server or a database."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template import engines
from django.test import RequestFactory

from implere.accounts.middleware import OURS, POLICY

STATIC = Path(__file__).parents[1] / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PAGE = """{%% extends "ui/%(base)s.html" %%}
{%% block body_attributes %%}%(attributes)s{%% endblock %%}{%% block stage %%}%(stage)s{%% endblock %%}"""


def drawn(stage: str, attributes: str = "", base: str = "phone") -> str:
    """A whole page with `stage` in it, as the program draws it."""
    source = PAGE % {"base": base, "attributes": attributes, "stage": stage}
    return engines["django"].from_string(source).render({}, RequestFactory().get("/page"))


class Site:
    """Answers a browser's requests: `pages[path]` is HTML, or a function of the request that gives
    (status, body). `asked` holds every request but those for static files."""

    def __init__(self, page):
        self.page, self.pages, self.asked, self.faults = page, {}, [], []
        self.headers = {OURS: "1"}
        page.route("**/*", self._answer)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console", lambda said: self.faults.append(said.text) if "Content Security" in said.text else None
        )

    def _answer(self, route):
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
            return
        self.asked.append(route.request)
        answer = self.pages.get(path)
        if answer is None:
            route.abort()
            return
        status, body = answer(route.request) if callable(answer) else (200, answer)
        kind = "text/event-stream" if path == "/stream/" else "text/html; charset=utf-8"
        route.fulfill(
            status=status,
            body=body,
            headers={"Content-Type": kind, "Content-Security-Policy": POLICY} | self.headers,
        )

    def open(self, stage: str, attributes: str = "", base: str = "phone"):
        self.pages["/page"] = drawn(stage, attributes, base)
        # Plain http on a name that is not this machine: no secure context, as with phones on a local network.
        self.page.goto("http://implere.test/page")
        return self.page

    def requests(self, path: str) -> list:
        return [request for request in self.asked if urlsplit(request.url).path == path]


@pytest.fixture
def site(page):
    site = Site(page)
    yield site
    assert not site.faults


def events(*fragments, first: int = 1) -> str:
    """The stream's text for fragments with the numbers from `first` on."""
    return "".join(f"id: {seq}\nevent: html\ndata: {html}\n\n" for seq, html in enumerate(fragments, first))
