"""A thousand people in one room, who each write three notes and answer twelve ballots within four minutes: from one address, as behind
a building's router, and from an address each. Nothing may be lost, and nobody waits long."""

import sys

from bench import servers
from bench.client.everybody import BALLOTS, NOTES
from bench.load import Load
from bench.sizes import MINUTES, PEOPLE

JOIN_A_SECOND = 200
FEW = 10  # a tenth of the people are what the growth is measured against
PATIENCE = 5.0  # seconds after the end in which the last answers must have come


def everybody() -> dict:
    """{one_, many_: by addresses: p95_seconds from post to answer, lost (commands that the database does not hold), waiting (people
    who are not done five seconds after the end); p95_growth: over the same with a tenth of the people}."""
    one, many = _room(PEOPLE, many_addresses=False), _room(PEOPLE, many_addresses=True)
    few = _room(PEOPLE // FEW, many_addresses=False)
    figures = {
        f"{side}_{name}": value
        for side, room in (("one", one), ("many", many))
        for name, value in room.items()
    }
    return figures | {
        "few_p95_seconds": few["p95_seconds"],
        "p95_growth": one["p95_seconds"] / few["p95_seconds"],
        "lost": one["lost"] + many["lost"] + few["lost"],
        "waiting": one["waiting"] + many["waiting"] + few["waiting"],
    }


def _room(people: int, *, many_addresses: bool) -> dict:
    with servers.ours(0, "choice") as server:
        before = server.count()
        plan = {
            "port": server.port,
            "people": people,
            "seconds": MINUTES * 60,
            "a_second": JOIN_A_SECOND,
            "many_addresses": many_addresses,
            "join": server.path("join"),
            "desk": server.path("desk"),
            "notes": server.notes,
            "placement": server.placement,
            "patience": PATIENCE,
        }
        spent = server.processor_seconds()
        with Load("everybody", plan) as load:
            said = load.said()
            said["busy"] = (server.processor_seconds() - spent) / (plan["seconds"] + PATIENCE)
        after = server.count()
    if problem := said.pop("first_failure"):
        print(problem, file=sys.stderr)
    kept = after["notes"] - before["notes"] + after["answers"] - before["answers"]
    return said | {"lost": people * (NOTES + BALLOTS) - kept}
