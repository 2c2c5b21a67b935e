"""Real notes, written through HTTP at a steady beat, heard by a thousand: our server over bare ones that keep nothing and fan out
the same bytes."""

from dataclasses import dataclass

from bench import servers
from bench.load import Load
from bench.sizes import IN_TIME, NOTES_A_SECOND, PEOPLE, SECONDS

BARE_POSTS = {"path": "/notes/", "body": "bench-{n}.", "writers": [{}] * 50}
BARE_STREAM = "GET /stream/ HTTP/1.1\r\nhost: localhost\r\n\r\n"


@dataclass
class Side:
    """What one server did in one round. `heard` is what the load says; `processor` is seconds of all its processes;
    memory in kB before anybody listens and when all do."""

    heard: dict
    processor: float
    memory: tuple[int, int]

    @property
    def cpu(self) -> float:
        """Microseconds of the server for each delivery."""
        return self.processor / self.heard["heard"] * 1e6

    @property
    def p95(self) -> float:
        return self.heard["p95_ms"]


def measured(server: servers.Running, streams: list[str], posts: dict) -> Side:
    plan = {
        "port": server.port,
        "streams": streams,
        "posts": posts,
        "beat": NOTES_A_SECOND,
        "seconds": SECONDS,
        "in_time": IN_TIME,
    }
    with Load("fanout", plan) as load:
        load.said()
        empty = server.memory_kb()
        load.go()
        load.said()
        full, spent = server.memory_kb(), server.processor_seconds()
        load.go()
        heard = load.said()
        return Side(heard, server.processor_seconds() - spent, (empty, full))


def of_ours(people: int) -> Side:
    with servers.ours(people) as server:
        return measured(server, server.streams(people), server.posts())


def of_bare(start, people: int, bytes_a_note: int) -> Side:
    with start(bytes_a_note) as server:
        return measured(server, [BARE_STREAM] * people, BARE_POSTS)


def fanout_1000() -> dict:
    """{delivered, cpu, p95}: ours over granian's, but delivered, which is what came in time over what was expected; the same over
    Node's; and each side's own: milliseconds from the post's start to the phone, microseconds of the server for each delivery."""
    ours = of_ours(PEOPLE)
    bare = of_bare(servers.granian, PEOPLE, ours.heard["bytes_a_note"])
    node = of_bare(servers.node, PEOPLE, ours.heard["bytes_a_note"])
    figures = {
        "delivered": ours.heard["in_time"],
        "cpu": ours.cpu / bare.cpu,
        "p95": ours.p95 / bare.p95,
        "cpu_node": ours.cpu / node.cpu,
        "p95_node": ours.p95 / node.p95,
        "bytes_a_note": ours.heard["bytes_a_note"],
        "ours_post_p95_ms": ours.heard["post_p95_ms"],
    }
    for name, side in (("ours", ours), ("bare", bare), ("node", node)):
        figures |= {
            f"{name}_delivered": side.heard["in_time"],
            f"{name}_p50_ms": side.heard["p50_ms"],
            f"{name}_p95_ms": side.p95,
            f"{name}_cpu_us": side.cpu,
        }
    return figures


def growth() -> dict:
    """{ratio: the server's time for one event at twice as many listeners over that at a thousand, kb_a_listener: memory,
    delivered: in time, the lesser of both}. A server that cannot keep up writes several events at once, and its ratio is better than it is."""
    few, many = of_ours(PEOPLE), of_ours(2 * PEOPLE)
    notes = int(NOTES_A_SECOND * SECONDS)
    return {
        "ratio": many.processor / few.processor,
        "delivered": min(few.heard["in_time"], many.heard["in_time"]),
        "kb_a_listener": (many.memory[1] - many.memory[0]) / (2 * PEOPLE),
        "few_ms": few.processor / notes * 1000,
        "many_ms": many.processor / notes * 1000,
    }
