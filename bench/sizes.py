"""How large and how long each measure is. The environment makes them smaller while one works on them (docs/developers/bench.md)."""

import os


def size(name: str, usual: float) -> float:
    """BENCH_<NAME> from the environment, else the usual size."""
    return float(os.environ.get(f"BENCH_{name}", usual))


ROUNDS = int(size("ROUNDS", 5))
PEOPLE = int(size("PEOPLE", 1000))
SECONDS = size("SECONDS", 8)  # that notes are posted for, in a round of a fan-out
NOTES_A_SECOND = size("NOTES_A_SECOND", 20)
COMMANDS = int(size("COMMANDS", 400))  # written by each side in a round
MINUTES = size("MINUTES", 4)  # that everybody has for three notes and twelve ballots
IN_TIME = 2.0  # seconds from the post's start in which an event must have arrived
