"""The way from people's browsers to the program: the stream is opened through the address that they use, and its beats are timed.
The ticket is for a channel that nothing is ever told in, so nobody notices and nothing is changed."""

import http.client
import os
import ssl
import time
from urllib.parse import quote, urlsplit
from uuid import uuid4

from implere.live import tickets
from implere.live.hub import BEAT

BEATS = 3  # that are waited for: the first comes with the padding, which may be as much as a proxy gathers
PATIENCE = BEAT + 3  # seconds for the next one
OURS = "Implere"  # the header that all our answers have


class Fault(Exception):
    """What is wrong on the way, in a sentence."""


def stream(configuration) -> list[str]:
    if not configuration.address or not _has_started(configuration):
        return []
    try:
        _look_at_answers(configuration.address)
        _look_at_stream(configuration.address)
    except Fault as fault:
        return [str(fault)]
    return []


def _has_started(configuration) -> bool:
    """Before the first start there is no key that anybody else would know."""
    return bool(os.environ.get("IMPLERE_SECRET_KEY")) or (configuration.data / "secret-key").exists()


def _ask(address: str, path: str) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=PATIENCE)
    try:
        connection.request("GET", parts.path + path, headers={"Accept": "*/*"})
        return connection.getresponse()
    except ssl.SSLError as error:
        raise Fault(f"{address} has no certificate that can be trusted ({error.reason or error}).") from None
    except TimeoutError:
        raise Fault(
            f"{address}{path.partition('?')[0]} gave no answer in {PATIENCE:.0f} seconds. {_BUFFERS}"
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise Fault(
            f"{address} can't be reached from here ({getattr(error, 'strerror', None) or error}): look whether the program"
            " and the proxy run, and where the name leads."
        ) from None


_BUFFERS = (
    "If pages come but the live stream does not, the proxy gathers it: switch its buffering off for /stream/"
    " (docs/operators/proxy.md)."
)


def _look_at_answers(address: str) -> None:
    answer = _ask(address, "/health/")
    if answer.status in (301, 302, 307, 308):
        raise Fault(
            f"{address} leads on to {answer.headers['Location']}: set IMPLERE_ADDRESS to where people end."
        )
    if answer.status in (502, 503, 504):
        raise Fault(
            f"The proxy at {address} answers {answer.status}: it does not reach the program. Look whether it runs, and at the port."
        )
    if answer.status == 400:
        raise Fault(f"{address} is refused by the program: the proxy must pass the header Host on.")
    if answer.status != 200 or OURS not in answer.headers:
        raise Fault(
            f"What answers at {address} is not this program, or the proxy takes the header {OURS} away, by which phones"
            " tell our answers from others'."
        )


def _look_at_stream(address: str) -> None:
    ticket = tickets.issue(f"probe/{uuid4()}", ["probe"], "probe", "en")
    answer = _ask(address, f"/stream/?ticket={quote(ticket)}&after=0")
    if answer.status == 403:
        raise Fault(
            f"The program at {address} does not know our signature: every machine needs the same secret key"
            " (IMPLERE_SECRET_KEY), and a clock that is right."
        )
    if answer.status != 200 or not answer.headers.get("Content-Type", "").startswith("text/event-stream"):
        raise Fault(f"The live stream at {address}/stream/ answers {answer.status}: look at the proxy's log.")
    heard, beats = b"", 0
    began = time.monotonic()
    while beats < BEATS:
        try:
            said = answer.read1(65536)
        except (OSError, http.client.HTTPException):
            said = b""
        heard += said
        now_beats = heard.count(b"event: beat")
        late = time.monotonic() - began > PATIENCE
        if not said or (late and now_beats == beats):
            raise Fault(
                f"The proxy at {address} gathers the live stream: of {BEATS} heartbeats {now_beats} came in time, and the screens"
                " would stand still. Switch its buffering off for /stream/ (docs/operators/proxy.md)."
            )
        if now_beats > beats:
            beats, began = now_beats, time.monotonic()
