"""What no browser of ours sends, on the real server: each gets a clear answer, memory stays bounded, and the room goes on.

The attacker and the room share one address, 127.0.0.2: 127.0.0.1 would be taken for a proxy, which speaks for many."""

import random
import re
import resource
import socket
import threading
import time
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.core import signing

from implere import doorkeeper
from implere.live import tickets
from tests import live_room

ADDRESS = "127.0.0.2"
MB = 2**20


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "stderr"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("bad-input")


@pytest.fixture(scope="module")
def server(data, log):
    with log.open("w") as errors:
        running = live_room.start(str(data), errors=errors)
        try:
            yield running
        finally:
            running.stop()
    assert "Traceback" not in log.read_text() and '"error"' not in log.read_text(), log.read_text()[-3000:]


def connect(server, seconds: float = 20) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), seconds, source_address=(ADDRESS, 0))


def read_all(connection) -> bytes:
    """What it says until it closes, or is cut."""
    said = b""
    try:
        while got := connection.recv(65536):
            said += got
    except ConnectionError:
        pass
    return said


def read_until(connection, wanted: bytes) -> bytes:
    said = b""
    while wanted not in said:
        got = connection.recv(65536)
        assert got, said[-300:]
        said += got
    return said


def send(server, *parts: bytes) -> bytes:
    """The whole answer to these bytes; the server may close before it has read all of them."""
    with connect(server) as connection:
        try:
            for part in parts:
                connection.sendall(part)
        except ConnectionError:
            pass
        return read_all(connection)


def memory(server) -> int:
    """Bytes that the server holds."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


class Phone:
    """A phone in the room, from the address that the attacker has too."""

    def __init__(self, server):
        self.server, self.cookie = server, ""
        path = server.lines["join"].partition(f":{server.port}")[2]
        self.page = self.ask("GET", path)[1]
        self.notes = re.search(r'action="(/m/[^"]+/notes/)"', self.page)[1]
        self.ticket = re.search(r'data-ticket="([^"]+)"', self.page)[1]

    def ask(self, method: str, path: str, **form) -> tuple[int, str]:
        body = urlencode(form).encode()
        head = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            "Connection: close",
            f"Content-Length: {len(body)}",
        ]
        head += [
            "Content-Type: application/x-www-form-urlencoded",
            "HX-Request: true",
            f"Cookie: {self.cookie}",
        ]
        answer = send(self.server, "\r\n".join(head).encode() + b"\r\n\r\n" + body)
        top, _gap, rest = answer.partition(b"\r\n\r\n")
        for name, value in re.findall(r"(?i)^set-cookie: ([^=]+)=([^;\r]+)", top.decode("latin-1"), re.M):
            self.cookie += f"{name}={value}; "
        where = re.search(r"(?i)^location: (\S+)", top.decode("latin-1"), re.M)
        if where and method == "GET":
            return self.ask("GET", where[1])
        return int(top.split()[1]), rest.decode("utf-8", "replace")

    def write(self, text: str, command_id: str = "") -> int:
        return self.ask("POST", self.notes, text=text, command_id=command_id or str(uuid4()))[0]

    def own(self, text: str) -> int:
        """How many of its notes say this."""
        _status, page = self.ask("GET", self.notes.split("activities/")[0])
        return len(re.findall(f'class="note-text">[^<]*{text}', page))

    @contextmanager
    def stream(self, after: int | str = 0):
        with connect(self.server) as connection:
            path = f"/stream/?ticket={quote(self.ticket)}&after={after}"
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            read_until(connection, b"event: beat")
            yield connection


@pytest.fixture(scope="module")
def phone(server):
    return Phone(server)


@pytest.fixture(autouse=True)
def the_room_goes_on(phone):
    """After each of these, a phone's note is kept and its stream is opened."""
    yield
    assert phone.write(f"Efter {uuid4()}") == 200
    with phone.stream():
        pass


# -- requests that are none ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /?q=\xc3\xa6 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_and_cut(server, raw):
    answer = send(server, raw)
    assert re.match(rb"HTTP/1.1 (400|404|405) ", answer) or answer == b"", answer


@pytest.mark.parametrize(
    "raw",
    [
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"CONNECT example.dk:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /stream/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /%ff%fe/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: \xff\xfe=\xff; session=" + b"A" * 3000 + b"\r\nConnection: close\r\n\r\n",
        b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab",
    ],
)  # fmt: skip
def test_what_is_odd_gets_an_answer_and_no_error_of_ours(server, raw):
    answer = send(server, raw)
    assert answer == b"" or re.match(rb"HTTP/1.1 [2-4]\d\d ", answer), answer[:200]


def test_random_bytes_harm_nobody(server):
    chance = random.Random(7)
    for _turn in range(50):
        start = chance.choice([b"", b"GET /", b"POST /m/ HTTP/1.1\r\n", b"GET /stream/?ticket="])
        answer = send(server, start + chance.randbytes(chance.randrange(1, 4000)) + b"\r\n\r\n\r\n")
        assert answer == b"" or re.match(rb"HTTP/1.1 4\d\d ", answer), answer[:200]


# -- too large ----------------------------------------------------------------------------------------------------

MILLION = b"x" * 1_000_000


@pytest.mark.parametrize(
    "head",
    [
        lambda many: b"GET / HTTP/1.1\r\nHost: x\r\nLong: " + b"x" * many,
        lambda many: b"GET /" + b"x" * many + b" HTTP/1.1\r\nHost: x",
        lambda many: b"GET /stream/?ticket=" + b"x" * many + b"&after=0 HTTP/1.1\r\nHost: x",
        lambda many: b"GET / HTTP/1.1\r\nHost: x" + b"\r\nA: b" * (many // 6),
        lambda many: b"GET / HTTP/1.1\r\nHost: x\r\n" + b"x" * many + b": y",
    ],
)
def test_a_million_characters_in_the_head_are_refused_in_words(server, head):
    send(server, head(1_000_000) + b"\r\n\r\n")  # whoever goes on sending may miss the words
    answer = send(server, head(40_000) + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 431 ") and b"too long" in answer


def test_the_memory_for_heads_without_an_end_is_bounded(server):
    before = memory(server)
    with ExitStack() as open_ones:
        for _number in range(200):
            connection = open_ones.enter_context(connect(server))
            try:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nLong: ")
                connection.sendall(MILLION)
            except ConnectionError:
                pass
        assert memory(server) - before < 60 * MB


def test_a_body_that_says_that_it_is_too_large_is_refused_unread(server, phone):
    head = f"POST {phone.notes} HTTP/1.1\r\nHost: x\r\nCookie: {phone.cookie}\r\nContent-Length: {10**12}\r\n\r\n"
    with connect(server) as connection:
        connection.sendall(head.encode())
        assert b" 413 " in read_until(connection, b"\r\n\r\n")


def test_a_body_without_a_length_is_cut_where_it_becomes_too_large(server):
    before = memory(server)
    chunk = b"100000\r\n" + b"x" * MB + b"\r\n"
    send(server, b"POST /join/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", *[chunk] * 60)
    assert memory(server) - before < 60 * MB


def test_a_note_of_a_million_signs_is_refused_in_words(phone):
    status, text = phone.ask("POST", phone.notes, text="x" * 1_000_000, command_id=str(uuid4()))
    assert status == 409 and "<" in text


# -- too slow, too many -------------------------------------------------------------------------------------------


def test_who_sends_a_body_slowly_holds_no_thread(server, phone):
    head = f"POST {phone.notes} HTTP/1.1\r\nHost: localhost\r\nCookie: {phone.cookie}\r\nContent-Length: 1000\r\n\r\ntext="
    with ExitStack() as open_ones:
        for _number in range(20):
            open_ones.enter_context(connect(server)).sendall(head.encode())
        began = time.monotonic()
        assert phone.write("Ved siden af") == 200
        assert time.monotonic() - began < 3


def test_who_does_not_read_holds_no_thread(server, phone):
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', phone.page)
    ask = "".join(f"GET {file} HTTP/1.1\r\nHost: localhost\r\n\r\n" for file in files * 20)
    with ExitStack() as open_ones:
        for _number in range(20):
            unread = open_ones.enter_context(connect(server))
            unread.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            unread.sendall(ask.encode())
        began = time.monotonic()
        assert phone.write("Ved siden af") == 200
        assert time.monotonic() - began < 3


def test_no_page_is_drawn_for_who_has_left(server, phone):
    def abandoned() -> float:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(b"GET /metrics/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return float(re.search(rb"\nimplere_pages_abandoned_total (\S+)", read_all(connection))[1])

    before, page = abandoned(), phone.notes.split("activities/")[0]
    for _number in range(200):
        with connect(server) as connection:
            connection.sendall(
                f"GET {page} HTTP/1.1\r\nHost: localhost\r\nCookie: {phone.cookie}\r\n\r\n".encode()
            )
    while abandoned() <= before:
        assert phone.write("Ved siden af") == 200


def test_who_sends_a_head_slowly_is_cut_and_who_says_nothing_as_well(server):
    with connect(server, 30) as slow, connect(server, 30) as silent:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        stop = threading.Event()

        def drip():
            try:
                while not stop.wait(0.5):
                    slow.sendall(b"A: b\r\n")
            except OSError:
                pass

        dripping = threading.Thread(target=drip)
        dripping.start()
        began = time.monotonic()
        try:
            assert read_all(slow).startswith(b"HTTP/1.1 408 ")
            assert read_all(silent) == b""
        finally:
            stop.set()
            dripping.join()
        assert time.monotonic() - began < doorkeeper.HEAD + 4


def test_ten_thousand_connections_from_the_rooms_own_address_harm_nobody_in_it(server, phone):
    before, (soft, hard) = memory(server), resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    many = min(10_000, hard - 500)
    try:
        with phone.stream() as stream, ExitStack() as open_ones:
            idle = []
            for number in range(many):
                idle.append(open_ones.enter_context(connect(server)))
                if number % 1000 == 999:
                    other = Phone(server)
                    assert other.write(f"Midt i det {number}") == 200
            assert memory(server) - before < 100 * MB
            read_until(stream, b"event: html")
            read_until(stream, b"event: beat")
            assert held(server) < doorkeeper.WAITING + 100
            assert many < 10_000 or idle[0].recv(1) == b""
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def held(server) -> int:
    """Files that the server has open."""
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def test_of_too_many_streams_of_one_participant_the_oldest_is_told_to_go(server, phone):
    with ExitStack() as open_ones:
        other = open_ones.enter_context(Phone(server).stream())
        mine = [open_ones.enter_context(phone.stream()) for _number in range(doorkeeper.OF_A_PERSON + 2)]
        for oldest in mine[:2]:
            assert read_all(oldest).endswith(b"event: bye\ndata: \n\n\r\n0\r\n\r\n")
        for rest in (*mine[2:], other):
            read_until(rest, b"event: beat")


# -- tickets and places -------------------------------------------------------------------------------------------


def ask_stream(server, ticket: str, after: str, source=ADDRESS) -> socket.socket:
    connection = connect(server)
    connection.sendall(
        f"GET /stream/?ticket={quote(ticket)}&after={after} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    )
    return connection


def expired(data, phone) -> str:
    """This phone's ticket, as it was signed thirteen hours ago."""
    key = (data / "secret-key").read_text()
    ticket = signing.loads(phone.ticket, key=key, salt=tickets.SALT)
    with mock.patch("time.time", return_value=time.time() - tickets.LIFETIME - 3600):
        return signing.dumps(ticket, key=key, salt=tickets.SALT, compress=True)


def for_more(data, phone) -> str:
    """What it may hear made more, and signed with another key."""
    ticket = signing.loads(phone.ticket, key=(data / "secret-key").read_text(), salt=tickets.SALT)
    return signing.dumps(
        ticket | {"audiences": ["room", "desk"]}, key="guessed" * 8, salt=tickets.SALT, compress=True
    )


def for_something_else(data, phone) -> str:
    """Signed by us, for another purpose."""
    return signing.dumps({"channel": "x"}, key=(data / "secret-key").read_text(), salt="another")


def a_bomb(data, phone) -> str:
    """What would unpack to very much, if it were unpacked before its signature is looked at."""
    packed = signing.b64_encode(zlib.compress(b"0" * 10_000_000)).decode()
    return f".{packed[:12000]}:1abcde:{'x' * 43}"


@pytest.mark.parametrize("forge", [expired, for_more, for_something_else, a_bomb])
def test_a_ticket_that_is_not_ours_or_not_now_is_refused(server, data, phone, forge):
    with ask_stream(server, forge(data, phone), "0") as connection:
        assert read_all(connection).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("after", ["-1", "1e3", "0x1", "%C2%B2", "9" * 19, "1%00", "", "NaN", "1&after=x"])
def test_a_place_that_is_none_is_refused(server, phone, after):
    with ask_stream(server, phone.ticket, after) as connection:
        connection.settimeout(5)
        said = connection.recv(65536)
    assert said.startswith(b"HTTP/1.1 403 ") or after == "1&after=x" and b" 200 " in said, said


@pytest.mark.parametrize("after", ["999999999999999999", "4000000"])
def test_a_place_in_the_future_or_in_another_meeting_brings_the_page_to_the_present(server, phone, after):
    with phone.stream(after) as stream:
        said = read_until(stream, b"event: fresh")
    place = int(re.search(rb"id: (\d+)\nevent: fresh", said)[1])
    assert place < 4_000_000 and b"event: html" not in said


def test_a_ticket_for_one_meeting_hears_nothing_of_another(server, data, phone):
    key = (data / "secret-key").read_text()
    ticket = signing.loads(phone.ticket, key=key, salt=tickets.SALT)
    elsewhere = ticket | {"channel": f"meeting/{uuid4()}"}
    with ask_stream(server, signing.dumps(elsewhere, key=key, salt=tickets.SALT), "0") as connection:
        read_until(connection, b"event: beat")
        assert phone.write("Kun for dem i rummet") == 200
        assert b"event: html" not in read_until(connection, b"event: beat")


def test_what_is_asked_behind_a_stream_is_not_answered_into_it(server, phone):
    path = f"/stream/?ticket={quote(phone.ticket)}&after=0"
    first = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with connect(server) as connection:
        connection.sendall((first + "GET /health/ HTTP/1.1\r\nHost: localhost\r\n\r\n").encode())
        read_until(connection, b"event: beat")
        connection.sendall(b"GET /health/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"ok\n" not in read_until(connection, b"event: beat")


def test_a_stream_that_is_asked_for_behind_a_page_comes_after_it(server, phone):
    path = f"/stream/?ticket={quote(phone.ticket)}&after=0"
    with connect(server) as connection:
        connection.sendall(
            f"GET /health/ready/ HTTP/1.1\r\nHost: localhost\r\n\r\nGET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        said = read_until(connection, b"event: beat")
    assert said.index(b"ok\n") < said.index(b"text/event-stream")


# -- commands -----------------------------------------------------------------------------------------------------


def test_a_command_that_is_played_again_is_done_once(phone):
    text, command_id = f"MARK-{uuid4()}", str(uuid4())
    sending = [threading.Thread(target=phone.write, args=[text, command_id]) for _turn in range(8)]
    for each in sending:
        each.start()
    for each in sending:
        each.join()
    assert phone.own(text) == 1


@pytest.mark.parametrize("cookie", ["device=forged", "device=" + "A" * 5000, "session=forged", ""])
def test_a_command_with_a_forged_device_reaches_nothing(phone, server, cookie):
    stranger = Phone(server)
    stranger.cookie = cookie
    assert stranger.write("Fra ingen") in (302, 303, 403, 404)


@pytest.mark.parametrize("path", ["/m/{0}/activities/{0}/notes/", "/m/not-an-id/activities/x/notes/"])
def test_a_command_to_what_is_not_there_is_a_404(phone, path):
    assert phone.ask("POST", path.format(uuid4()), text="x", command_id="1")[0] == 404


def test_a_command_id_as_long_as_a_book_is_one_command_all_the_same(phone):
    text = f"MARK-{uuid4()}"
    assert [phone.write(text, "i" * 20_000) for _turn in range(2)] == [200, 200]
    assert phone.own(text) == 1
