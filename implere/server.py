"""The server: one uvicorn process. A stream's request is taken out of ASGI and its transport kept, so that an event is one
write for each listener; everything else is sync Django on four threads with kept connections (docs/decisions/0001)."""

import asyncio
import contextlib
import resource
import signal
import socket
import sys
import time
from urllib.parse import parse_qs

import httptools
import uvicorn
from uvicorn.middleware.proxy_headers import _TrustedHosts
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from implere.bodies import WholeBodies
from implere.bridge import Bridge
from implere.doorkeeper import BODY, IDLE, Doorkeeper
from implere.live import metrics, tickets
from implere.live.hub import Hub
from implere.live.listeners import Listener, frame

THREADS = 4
TURN = 0.0005  # seconds that a thread may keep the interpreter while the loop waits to write
LAST_COMMANDS = (
    1.5  # seconds that commands under way may take when the server ends; their writes end in any case
)
LONGEST_HEAD = 32 * 1024  # bytes of a request's address and headers
QUEUED = 8  # requests that may wait behind one another on a connection
TOO_LONG = b"431 Request Header Fields Too Large", b"The address or a header is too long."
UNREAD = 30_000  # milliseconds after which a connection that takes nothing in is given up
OTHER_FILES = 96  # that the program itself holds open: database, libraries, threads
ENOUGH = 4000  # connections for a meeting of the largest kind
MOST_FILES = 1 << 20
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
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; its connections have it from here
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD)
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
    """uvicorn's protocol, but for GET /stream/?ticket=…&after=…, and with a doorkeeper: a request's head is bounded, and who waits too
    long or too often is cut. The methods that are overridden are held to uvicorn's contract by a test."""

    hub: Hub
    door: Doorkeeper
    listener: Listener | None = None
    streaming = False  # the stream was asked for
    refused = False
    answering = None  # uvicorn's cycle of the request that is being answered
    in_head = True
    head_read = 0

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        for other in self.door.come(self, self.client[0] if self.client else ""):
            other.cut()

    def data_received(self, data: bytes) -> None:
        if self.streaming or self.refused:
            return  # nothing more is asked on this connection
        super().data_received(data)
        self.head_read += len(data)
        if self.in_head and self.head_read > LONGEST_HEAD:
            self._refuse(*TOO_LONG)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["implere.transport"] = self.transport
        self.in_head, self.head_read = True, 0

    def on_headers_complete(self) -> None:
        self.in_head = False
        if self.streaming or self.refused:
            return None
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > LONGEST_HEAD:
            return self._refuse(*TOO_LONG)
        if len(self.pipeline) >= QUEUED:
            return self._refuse(b"429 Too Many Requests", b"One thing after the other.")
        if not self.url.isascii():
            return self._refuse(b"400 Bad Request", b"This address can't be read.")
        if httptools.parse_url(self.url).path == STREAM:
            self.streaming = True
            self.asked = self.parser.get_method(), self.url, dict(self.headers)
            return None
        super().on_headers_complete()
        if not self.pipeline:
            self.answering = self.cycle
        return self.door.wait(self, BODY)

    def on_body(self, body: bytes) -> None:
        if not (self.streaming or self.refused):
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self.refused:
            return None
        if self.streaming:
            return self._open_stream()
        super().on_message_complete()
        if self.cycle.response_complete:
            self.door.wait(self, IDLE)
        else:
            self.door.serve(self)
        return None

    def on_response_complete(self) -> None:
        if self.pipeline:
            self.answering = self.pipeline[-1][0]
        super().on_response_complete()
        if self.streaming:
            self._open_stream()
        elif not self.pipeline:
            self.door.wait(self, IDLE)

    def timeout_keep_alive_handler(self) -> None:
        """The request before on this connection may set its timer after the browser has asked for the stream."""
        if not self.streaming:
            super().timeout_keep_alive_handler()

    def connection_lost(self, exc: Exception | None) -> None:
        self.door.go(self)
        if self.listener is not None:
            self.door.leave(self.listener)
            self.hub.leave(self.listener)
        if self.answering is not None:
            self.answering.disconnected = True  # uvicorn tells it to the newest request alone
            self.answering.message_event.set()
        super().connection_lost(exc)

    def cut(self) -> None:
        """The doorkeeper's word: it has waited too long, or for one too many."""
        self.door.go(self)
        metrics.count("implere_connections_cut_total")
        if self.in_head and self.head_read:
            self._refuse(b"408 Request Timeout", b"The request did not come in time.")
        elif not self.transport.is_closing():
            self.transport.abort()

    def _open_stream(self) -> None:
        """Once the request has come whole, and what was asked for before it has been answered."""
        busy = self.cycle is not None and not self.cycle.response_complete
        if busy or self.listener is not None or self.refused or self.transport.is_closing():
            return None
        method, url, headers = self.asked
        if method != b"GET":
            return self._refuse(b"405 Method Not Allowed", b"The stream is read with GET.")
        asked = parse_qs((httptools.parse_url(url).query or b"").decode("ascii"))
        ticket = tickets.read(asked.get("ticket", [""])[0])
        after = asked.get("after", [""])[0]
        if ticket is None or not (after.isascii() and after.isdigit()) or len(after) > 18:
            return self._refuse(b"403 Forbidden", b"This ticket is not valid any more. Load the page again.")
        listener = Listener(ticket, self.transport, int(after))
        too_many = self.door.listen(listener, self._host(headers))
        if too_many is None:
            return self._refuse(
                b"429 Too Many Requests", b"Too many pages are open on this network. It is tried again."
            )
        self.listener = listener
        self.door.serve(self)
        hello = PADDING + frame_body("beat", str(int(time.time() * 1000)))
        self.transport.write(HEAD + b"%x\r\n%s\r\n" % (len(hello), hello))
        self.hub.join(listener)
        for older in too_many:
            metrics.count("implere_listeners_let_go_total")
            older.let_go()
        return None

    def _host(self, headers: dict[bytes, bytes]) -> str:
        """Where the stream is read: behind a proxy that we trust, by its word, and "" where it says nothing."""
        host, proxies = self.client[0] if self.client else "", self.door.proxies
        if host not in proxies:
            return host
        return proxies.get_trusted_client_address(headers.get(b"x-forwarded-for", b"").decode("latin-1"))[0]

    def _refuse(self, status: bytes, words: bytes) -> None:
        self.refused = True
        if self.cycle is not None and not self.cycle.response_complete:
            return self.transport.abort()  # an answer is on its way, and words would come into its middle
        if not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 %s\r\ncontent-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
                b"content-length: %d\r\nconnection: close\r\n\r\n%s" % (status, len(words), words)
            )
            self.transport.close()
        return None


def frame_body(event: str, data: str) -> bytes:
    """A frame without its chunk's length."""
    chunk = frame(event, data)
    return chunk[chunk.index(b"\r\n") + 2 : -2]


class Server(uvicorn.Server):
    """uvicorn's server that starts and ends the hub with itself, and walks the doorkeeper's rounds."""

    def __init__(self, config, hub: Hub, door: Doorkeeper, when_ready):
        super().__init__(config)
        self._hub = hub
        self._door = door
        self._when_ready = when_ready

    async def startup(self, sockets=None) -> None:
        self._hub.start()
        await super().startup(sockets=sockets)
        if self._when_ready:
            self._when_ready()

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            for connection in self._door.overdue():
                connection.cut()
        return await super().on_tick(counter)

    async def shutdown(self, sockets=None) -> None:
        self._hub.close()
        await asyncio.sleep(0.05)  # lets the last words leave
        await super().shutdown(sockets=sockets)


def serve(host: str, port: int, *, render, presence=None, chores=None, when_ready=None) -> None:
    """Serves until SIGTERM or SIGINT. `render` and `presence` are the hub's; `chores` runs every few minutes."""
    from implere.wsgi import application

    room = raise_file_limit() - OTHER_FILES
    if words := few_files(room):
        print(words, file=sys.stderr, flush=True)
    sys.setswitchinterval(TURN)
    hub = Hub(render, presence, chores)
    config = uvicorn.Config(
        WholeBodies(Bridge(application, THREADS)),
        ws="none",
        loop="uvloop",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=LAST_COMMANDS,
        backlog=4096,
    )
    door = Doorkeeper(room, _TrustedHosts(config.forwarded_allow_ips))
    config.http = type("Protocol", (StreamProtocol,), {"hub": hub, "door": door})
    signal.signal(
        signal.SIGTERM, lambda *_told: sys.exit(0)
    )  # uvicorn tells it again at its end: threads are waited for
    Server(config, hub, door, when_ready).run(sockets=[_listen(host, port)])


def raise_file_limit() -> int:
    """Each listener holds one open file. The answer is how many there may be."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_FILES if soft == resource.RLIM_INFINITY else soft


def few_files(room: int) -> str:
    """What is said at start where there is not room for a large meeting, else ""."""
    if room >= ENOUGH:
        return ""
    return (
        f"The system lets this program open few files: about {max(room, 0)} people can listen at once. For a larger meeting"
        f" raise the limit to {ENOUGH + OTHER_FILES} or more (ulimit -n, or LimitNOFILE= in systemd)."
    )
