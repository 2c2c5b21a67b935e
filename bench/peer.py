"""The same notes to the same crowd over a peer: the Hocuspocus server, as it comes, with its clients. Both sides' load runs in Node. The
peer keeps nothing and hands on what it gets; ours keeps each note, with its event and its receipt, and draws it."""

import os
import shutil
import subprocess
from pathlib import Path

from bench import servers
from bench.fanout import Side
from bench.load import Load
from bench.sizes import IN_TIME, NOTES_A_SECOND, PEOPLE, SECONDS

SOURCE, BUILT = Path(__file__).parent / "peer", Path("build/peer")


def peer() -> dict:
    """{p95, cpu}: ours over the peer's; and each side's own: milliseconds from the writing to the phone, microseconds of the server for
    each delivery, the part that came in time."""
    _install()
    with servers.ours(PEOPLE) as server:
        more = {"streams": server.streams(PEOPLE), "posts": server.posts()}
        ours = _measured("ours", server, more)
    with servers.bare([servers.NODE, str(BUILT / "server.mjs")]) as server:
        theirs = _measured("peer", server, {})
    figures = {"p95": ours.p95 / theirs.p95, "cpu": ours.cpu / theirs.cpu}
    for name, side in (("ours", ours), ("peer", theirs)):
        figures |= {
            f"{name}_delivered": side.heard["in_time"],
            f"{name}_p50_ms": side.heard["p50_ms"],
            f"{name}_p95_ms": side.p95,
            f"{name}_cpu_us": side.cpu,
            f"{name}_kb_a_client": (side.memory[1] - side.memory[0]) / PEOPLE,
        }
    return figures


def _measured(name: str, server: servers.Running, more: dict) -> Side:
    plan = {
        "port": server.port,
        "people": PEOPLE,
        "beat": NOTES_A_SECOND,
        "seconds": SECONDS,
        "in_time": IN_TIME,
    }
    empty = server.memory_kb()
    with Load(name, plan | more, command=[servers.NODE, str(BUILT / "load.mjs")]) as load:
        load.said()
        full, spent = server.memory_kb(), server.processor_seconds()
        load.go()
        heard = load.said()
        return Side(heard, server.processor_seconds() - spent, (empty, full))


def _install() -> None:
    """The peer and the load in build/peer, by the lock file; once for each lock."""
    lock = (SOURCE / "package-lock.json").read_bytes()
    kept = BUILT / "installed"
    BUILT.mkdir(parents=True, exist_ok=True)
    for file in SOURCE.iterdir():
        shutil.copy(file, BUILT)
    if not kept.exists() or kept.read_bytes() != lock:
        bin = str(Path(servers.NODE).parent)
        subprocess.run(
            [f"{bin}/npm", "ci", "--ignore-scripts", "--silent"],
            cwd=BUILT,
            env=os.environ | {"PATH": f"{bin}:{os.environ['PATH']}"},
            check=True,
        )
        kept.write_bytes(lock)
