"""What a note's command costs through HTTP: over the same rows written by the ORM in a plain loop, and beside a crowd that listens.

Another database is another line: BENCH_POSTGRESQL is an address that IMPLERE_DATABASE takes, of an empty database that the measure
may fill; with it there is a figure `postgresql` too."""

import os
import statistics
import subprocess
import sys

from bench import servers
from bench.load import Load
from bench.sizes import COMMANDS, NOTES_A_SECOND, PEOPLE, SECONDS

SLICES = 4  # each side writes a quarter of its notes, then it is the other's turn
WRITERS = 128  # three notes each, as people do: the answer holds what one has written so far
TURNS = 2


def commands() -> dict:
    """{sqlite, postgresql: ours over the plain loop, in notes a second, and both by themselves; beside_streams: the median time of a
    post while everybody listens over that while nobody does}."""
    figures = _over_rows("sqlite", "")
    if database := os.environ.get("BENCH_POSTGRESQL"):
        figures |= _over_rows("postgresql", database)
    return figures | _beside_streams()


def _over_rows(name: str, database: str) -> dict:
    with servers.ours(WRITERS, "hidden", database=database) as server:
        plan = {"port": server.port, "posts": server.posts(WRITERS), "notes": COMMANDS, "slices": SLICES}
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
