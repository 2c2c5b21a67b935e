"""A phone by plain HTTP, as patient as the real one: a command is sent again, with the same id, until it is answered."""

import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from uuid import uuid4

PATIENCE = 5  # seconds for one answer


class Phone:
    """Joins by the address on the screen. `address` may be changed: another server of the same program."""

    def __init__(self, join: str):
        self.address = re.match(r"http://[^/]+", join)[0]
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.page = self._opener.open(join, timeout=PATIENCE).read().decode()
        self.notes = re.search(r'action="(/m/[^"]+/notes/)"', self.page)[1]
        self.meeting = self.notes.split("/activities/")[0] + "/"

    def fetch(self, path: str = "") -> str:
        return self._opener.open(self.address + (path or self.meeting), timeout=PATIENCE).read().decode()

    @property
    def ticket(self) -> str:
        return re.search(r'data-ticket="([^"]+)"', self.page)[1]

    def post(self, path: str, address: str = "", **form) -> int:
        """The answer's status. Raises OSError where there is none."""
        request = urllib.request.Request(
            (address or self.address) + path, urlencode(form).encode(), {"HX-Request": "true"}
        )
        try:
            return self._opener.open(request, timeout=PATIENCE).status
        except urllib.error.HTTPError as refused:
            return refused.code

    def write(self, text: str, seconds: float = 60) -> int:
        """Posts a note until the server says that it is kept; how often it was sent."""
        command_id, until = str(uuid4()), time.monotonic() + seconds
        for sent in range(1, 10_000):
            try:
                status = self.post(self.notes, text=text, command_id=command_id)
            except OSError:
                status = 0
            if status == 200:
                return sent
            assert status == 0 or status >= 500, status
            assert time.monotonic() < until, f"never answered: {text}"
            time.sleep(0.05 + random.random() * 0.2)
        raise AssertionError
