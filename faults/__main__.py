"""`make faults`: rounds of real faults for each database, and a soak; written to build/faults.json.

`ROUNDS=20 SEED=7 ONLY=sqlite make faults` plays twenty rounds of that seed on one database; `ONLY=soak MINUTES=60` soaks for an
hour. Every run prints its seed.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

KINDS = ("sqlite", "postgresql")
SOAK = "soak"
PROMISES = ("lost", "doubled", "disordered", "leaked")
OUT = Path("build/faults.json")


def main() -> int:
    seed = os.environ.get("SEED") or str(int(time.time()))
    rounds = os.environ.get("ROUNDS") or "200"
    minutes = os.environ.get("MINUTES") or "3"
    print(f"seed {seed}, {rounds} rounds, a soak of {minutes} minutes", flush=True)
    wanted = (os.environ.get("ONLY") or " ".join((*KINDS, SOAK))).split()
    plays = {kind: _play(kind, seed, minutes if kind == SOAK else rounds) for kind in wanted}
    results = {"seed": seed}
    for kind, play in plays.items():
        out, _err = play.communicate()
        print(out, flush=True)
        results[kind] = (
            json.loads(out.splitlines()[-1]) if play.returncode == 0 else {"failed": play.returncode}
        )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, indent=1))
    broken = [kind for kind in plays if _is_broken(kind, results[kind], int(rounds))]
    print("Every promise held." if not broken else f"Broken on {', '.join(broken)}: see {OUT}.")
    return 1 if broken else 0


def _is_broken(kind: str, result: dict, rounds: int) -> bool:
    if kind == SOAK:
        return result.get("grown") != 0
    return result.get("rounds") != rounds or any(result[what] for what in PROMISES)


def _play(kind: str, seed: str, much: str) -> subprocess.Popen:
    run = [sys.executable, "-m", "faults", kind, seed, much]
    return subprocess.Popen(run, stdout=subprocess.PIPE, text=True)


def play(kind: str, seed: str, much: str) -> dict:
    """Plays the rounds on one database, or the soak; what was found, added up."""
    from faults.world import World, small_disk

    with small_disk() as folder:
        os.environ |= {"IMPLERE_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "implere.settings"}
        server = None
        if kind == "postgresql":
            server = _postgresql()
            os.environ["IMPLERE_DATABASE"] = server.address("implere")
        try:
            _seed()
            if kind == SOAK:
                from faults.soak import soak

                return asyncio.run(soak(World("sqlite", folder), seed, float(much)))
            return asyncio.run(_rounds(World(kind, folder, server), seed, int(much)))
        finally:
            if server:
                server.remove()


def _postgresql():
    from tests.live_room import free_port
    from tests.postgresql import PostgreSQL, create_database

    server = PostgreSQL(free_port(), options="")
    server.initialise()
    server.start()
    create_database(server.address(), "implere")
    return server


def _seed() -> None:
    from implere.cli import main as implere

    assert implere(["seed"]) == 0


async def _rounds(world, seed: str, rounds: int) -> dict:
    from faults.rounds import Round

    sums = {"rounds": 0, "lost": 0, "doubled": 0, "disordered": 0, "leaked": 0, "faults": {}, "words": []}
    await world.start_all()
    try:
        for number in range(rounds):
            found = await Round(world, f"{seed}-{number}").play()
            for what in PROMISES:
                sums[what] += getattr(found, what)
            for fault in found.faults:
                sums["faults"][fault] = sums["faults"].get(fault, 0) + 1
            sums["words"] += [f"round {number} ({', '.join(found.faults)}): {words}" for words in found.words]
            sums["rounds"] += 1
            if found.words:
                print(sums["words"][-1], flush=True)
    finally:
        world.stop_all()
    return sums


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(play(*sys.argv[1:])))
        sys.exit(0)
    sys.exit(main())
