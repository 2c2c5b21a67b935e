"""Who may hold how many connections. Here are the rules and the counting; what is then said to a connection is the server's.

A connection *waits* until its request has come whole, and again when it has been answered. Between the two it is being answered, or it is a
stream. A whole meeting may sit behind one address, so limits go by the participant first; an address is held to what no meeting
needs. Where one goes too far, what has waited longest is let go, and not what comes: a phone that asks is answered at once, and a
connection that only lies there is the one that goes.
"""

import ipaddress
import itertools
import time
from collections import Counter, defaultdict

OF_A_PERSON = 8  # streams of one participant in one channel: more windows than anybody looks at
OF_NOBODY = 200  # streams of one address that name no participant: screens, desks
OF_AN_ADDRESS = 6000  # streams: three for each in a meeting of two thousand
WAITING = 3000  # connections of one address that wait
HEAD, BODY, IDLE = 10, 60, 15  # seconds for a request's head, for its body, and between two requests


class Doorkeeper:
    """`room` is how many connections there may be in all; `proxies` holds the addresses of proxies, which speak for many and are
    not counted as one. Lives in the event loop."""

    def __init__(self, room: int, proxies=(), now=time.monotonic):
        self._room, self.proxies, self._now = room, proxies, now
        self._all: dict = {}  # connection -> its address, "" for a proxy's
        self._waiting: dict[str, dict] = defaultdict(
            dict
        )  # address -> {connection: until when}, longest first
        self._streams: dict[tuple, dict] = defaultdict(dict)  # whose -> their streams, oldest first
        self._whose: dict = {}  # stream -> (whose, address)
        self._of_address: Counter[str] = Counter()  # streams

    def come(self, connection, host: str) -> list:
        """A new connection. The answer holds the connections that must go for it, perhaps itself."""
        address = "" if host in self.proxies else network(host)
        self._all[connection] = address
        self.wait(connection, HEAD)
        if address and len(self._waiting[address]) > WAITING:
            return [next(iter(self._waiting[address]))]
        if len(self._all) > self._room:
            return [next(iter(max(self._waiting.values(), key=len)))]
        return []

    def wait(self, connection, seconds: float) -> None:
        """It has so long from now."""
        if connection in self._all:
            mine = self._waiting[self._all[connection]]
            mine.pop(connection, None)
            mine[connection] = self._now() + seconds

    def serve(self, connection) -> None:
        """It has asked, and is being answered."""
        address = self._all.get(connection, "")
        if address in self._waiting:
            self._waiting[address].pop(connection, None)
            if not self._waiting[address]:
                del self._waiting[address]

    def go(self, connection) -> None:
        self.serve(connection)
        self._all.pop(connection, None)

    def overdue(self) -> list:
        """The connections that have had their time."""
        now = self._now()
        every = itertools.chain.from_iterable(each.items() for each in self._waiting.values())
        return [connection for connection, until in every if until < now]

    def listen(self, listener, host: str) -> list | None:
        """A new stream; `host` is "" where nobody says which. The answer holds the streams that must go for it; None where there may
        be none at all."""
        address, ticket = network(host), listener.ticket
        if address and self._of_address[address] >= OF_AN_ADDRESS:
            return None
        whose = (ticket.channel, ticket.who, "" if ticket.who else address)
        self._whose[listener] = whose, address
        self._of_address[address] += 1
        theirs = self._streams[whose]
        theirs[listener] = True
        most = OF_A_PERSON if ticket.who else OF_NOBODY if address else len(theirs)
        return list(itertools.islice(theirs, max(0, len(theirs) - most)))

    def leave(self, listener) -> None:
        """The opposite of `listen`."""
        if listener not in self._whose:
            return
        whose, address = self._whose.pop(listener)
        del self._streams[whose][listener]
        self._of_address[address] -= 1
        if not self._streams[whose]:
            del self._streams[whose]
        if not self._of_address[address]:
            del self._of_address[address]


def network(host: str) -> str:
    """What counts as one address: with IPv6 a house has a whole network of them."""
    if ":" not in host:
        return host
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
