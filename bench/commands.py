"""What a note's command costs through HTTP: over the same rows written by the ORM in a plain loop, on each database; by two
processes over one; and beside a crowd that listens.

PostgreSQL is one that is started for it, as durable as it is made; BENCH_POSTGRESQL names a server to use instead."""

import os
import statistics
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from itertools import count

from bench import servers
from bench.load import Load
from bench.sizes import COMMANDS, NOTES_A_SECOND, PEOPLE, SECONDS
from tests import live_room

SLICES = 4  # each side writes a quarter of its notes, then it is the other's turn
WRITERS = 128  # three notes each, as people do: the answer holds what one has written so far
TURNS = 2


NAMES = count(1)


def commands() -> dict:
    """{sqlite, postgresql: ours over the plain loop, in notes a second, and both by themselves; two_processes: notes a second by two
    over by one, on PostgreSQL; beside_streams: the median time of a post while everybody listens over that while nobody does}."""
    figures = _over_rows("sqlite", "")
    with _postgresql() as address:
        figures |= _over_rows("postgresql", _new(address))
        figures["two_processes"] = _two_over_one(address)
    return figures | _beside_streams()


@contextmanager
def _postgresql():
    """A server's address."""
    from tests.postgresql import PostgreSQL

    if os.environ.get("BENCH_POSTGRESQL"):
        yield os.environ["BENCH_POSTGRESQL"]
        return
    server = PostgreSQL(live_room.free_port(), options="")
    try:
        server.initialise()
        server.start()
        yield server.address()
    finally:
        server.remove()


def _new(address: str) -> str:
    """An empty database on the server."""
    from tests.postgresql import create_database

    return create_database(address, f"bench_{os.getpid()}_{next(NAMES)}")


def _over_rows(name: str, database: str) -> dict:
    with servers.ours(WRITERS, "hidden", database=database) as server:
        plan = _plan(server, [server.port])
        loop = subprocess.Popen(
            [sys.executable, "-m", "bench.rows", "loop"],
            env=os.environ | {"IMPLERE_DATA": server.data} | server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ours = plain = 0.0
        with Load("commands", plan) as load:
            for _slice in range(SLICES):
                load.go()
                ours += load.said()["seconds"]
                loop.stdin.write(f"{COMMANDS // SLICES}\n")
                loop.stdin.flush()
                plain += float(loop.stdout.readline())
        loop.stdin.close()
        loop.wait()
    return {
        name: plain / ours,
        f"{name}_ours_a_second": COMMANDS / ours,
        f"{name}_plain_a_second": COMMANDS / plain,
    }


def _plan(server, ports: list[int]) -> dict:
    return {"ports": ports, "posts": server.posts(WRITERS), "notes": COMMANDS, "slices": SLICES}


def _two_over_one(address: str) -> float:
    """The seconds of one process over those of two on the same database."""
    took = {}
    for processes in (1, 2):
        with ExitStack() as ends:
            server = ends.enter_context(servers.ours(WRITERS, "hidden", database=_new(address)))
            ports = [server.port]
            for _more in range(processes - 1):
                other = live_room.start(server.data, environment=server.environment)
                ends.callback(other.stop)
                ports.append(other.port)
            load = ends.enter_context(Load("commands", _plan(server, ports)))
            took[processes] = 0.0
            for _slice in range(SLICES):
                load.go()
                took[processes] += load.said()["seconds"]
    return took[1] / took[2]


def _beside_streams() -> dict:
    """The same beat with nobody there and with everybody, by turns. Who listens is another process than who writes."""
    took = {"alone": [], "beside": []}
    with servers.ours(PEOPLE) as server:
        plan = {
            "port": server.port,
            "posts": server.posts(WRITERS),
            "beat": NOTES_A_SECOND,
            "slices": 2 * TURNS,
            "notes": int(NOTES_A_SECOND * SECONDS),
        }
        with Load("beat", plan) as writers:
            for _turn in range(TURNS):
                for name, streams in (("alone", []), ("beside", server.streams(PEOPLE))):
                    with Load("hold", {"port": server.port, "streams": streams}) as crowd:
                        crowd.said()
                        writers.go()
                        took[name] += writers.said()["took"]
                        crowd.go()
    figures = {f"{name}_p50_ms": statistics.median(times) * 1000 for name, times in took.items()}
    figures |= {
        f"{name}_p95_ms": statistics.quantiles(times, n=20)[-1] * 1000 for name, times in took.items()
    }
    return figures | {"beside_streams": figures["beside_p50_ms"] / figures["alone_p50_ms"]}
