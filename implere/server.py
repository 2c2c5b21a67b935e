"""The server: one uvicorn process. A stream's request is taken out of ASGI and its transport kept, so that an event is one
write for each listener; everything else is sync Django on four threads with kept connections (docs/decisions/0001)."""

import asyncio
import contextlib
import resource
import socket
import sys
import time
from urllib.parse import parse_qs

import httptools
import uvicorn
from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from implere.bridge import Bridge
from implere.live import tickets
from implere.live.hub import Hub
from implere.live.listeners import Listener, frame

THREADS = 4
TURN = 0.0005  # seconds that a thread may keep the interpreter while the loop waits to write
STREAM = b"/stream/"
PADDING = b":" + b" " * 2048 + b"\n\n"  # some proxies pass nothing on before two kilobytes
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-store\r\n"
    b"x-accel-buffering: no\r\nx-content-type-options: nosniff\r\ntransfer-encoding: chunked\r\n\r\n"
)


class PortTaken(Exception):
    """The port is in use; the message is a sentence for who started the program."""


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise PortTaken(
            f"Port {port} on {host} can't be used ({error.strerror}): another program has it, perhaps Implere itself."
            f" Choose another one, such as {port + 1}."
        ) from None
    return taken


def refuse_taken_port(host: str, port: int) -> None:
    """Raises PortTaken before anything else is done."""
    _listen(host, port).close()


class StreamProtocol(HttpToolsProtocol):
    """uvicorn's protocol, but for GET /stream/?ticket=…&after=…. The five methods below are all that is overridden; a test
    holds them to their contract."""

    hub: Hub
    listener: Listener | None = None
    streaming = False

    def on_headers_complete(self) -> None:
        if httptools.parse_url(self.url).path != STREAM:
            return super().on_headers_complete()
        self.streaming = True
        return None

    def on_body(self, body: bytes) -> None:
        if not self.streaming:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self.streaming:
            return super().on_message_complete()
        if self.listener is None:
            self._open_stream()
        return None

    def timeout_keep_alive_handler(self) -> None:
        """The request before on this connection may set its timer after the browser has asked for the stream."""
        if not self.streaming:
            super().timeout_keep_alive_handler()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.listener is not None:
            self.hub.leave(self.listener)
        super().connection_lost(exc)

    def _open_stream(self) -> None:
        if self.parser.get_method() != b"GET":
            return self._refuse(b"405 Method Not Allowed", b"The stream is read with GET.")
        asked = parse_qs((httptools.parse_url(self.url).query or b"").decode("ascii", "replace"))
        ticket = tickets.read(asked.get("ticket", [""])[0])
        after = asked.get("after", [""])[0]
        if ticket is None or not after.isdigit() or len(after) > 18:
            return self._refuse(b"403 Forbidden", b"This ticket is not valid any more. Load the page again.")
        self.listener = Listener(ticket, self.transport, int(after))
        hello = PADDING + frame_body("beat", str(int(time.time() * 1000)))
        self.transport.write(HEAD + b"%x\r\n%s\r\n" % (len(hello), hello))
        self.hub.join(self.listener)
        return None

    def _refuse(self, status: bytes, words: bytes) -> None:
        self.transport.write(
            b"HTTP/1.1 %s\r\ncontent-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n%s" % (status, len(words), words)
        )
        self.transport.close()


def frame_body(event: str, data: str) -> bytes:
    """A frame without its chunk's length."""
    chunk = frame(event, data)
    return chunk[chunk.index(b"\r\n") + 2 : -2]


class Server(uvicorn.Server):
    """uvicorn's server that starts and ends the hub with itself."""

    def __init__(self, config, hub: Hub, when_ready):
        super().__init__(config)
        self._hub = hub
        self._when_ready = when_ready

    async def startup(self, sockets=None) -> None:
        self._hub.start()
        await super().startup(sockets=sockets)
        if self._when_ready:
            self._when_ready()

    async def shutdown(self, sockets=None) -> None:
        self._hub.close()
        await asyncio.sleep(0.05)  # lets the last words leave
        await super().shutdown(sockets=sockets)


def serve(host: str, port: int, *, render, presence=None, chores=None, when_ready=None) -> None:
    """Serves until SIGTERM or SIGINT. `render` and `presence` are the hub's; `chores` runs every few minutes."""
    from implere.wsgi import application

    raise_file_limit()
    sys.setswitchinterval(TURN)
    hub = Hub(render, presence, chores)
    protocol = type("Protocol", (StreamProtocol,), {"hub": hub})
    config = uvicorn.Config(
        Bridge(application, THREADS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        http=protocol,
        ws="none",
        loop="uvloop",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=2,
        backlog=4096,
    )
    Server(config, hub, when_ready).run(sockets=[_listen(host, port)])


def raise_file_limit() -> None:
    """Each listener holds one open file."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
