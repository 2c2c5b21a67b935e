"""A server that starts anew, and a crowd of phones that all come back in the same moment, each with the same notes to catch up on."""

from bench import servers
from bench.load import Load
from bench.sizes import PEOPLE

MISSED = 20  # notes that were written since the phones last heard


def storm() -> dict:
    """{seconds: until everybody has everything, queries: statements of the database for that, queries_a_phone, behind: phones that
    have not everything after a minute}."""
    with servers.ours(PEOPLE) as server:
        plan = {"port": server.port, "posts": server.posts(), "notes": MISSED, "slices": 1}
        with Load("commands", plan) as load:
            load.go()
            load.said()
        server.restart()
        plan = {
            "port": server.port,
            "streams": server.streams(PEOPLE),
            "marks": list(range(1, MISSED + 1)),
            "patience": 60,
        }
        with Load("storm", plan) as load:
            load.said()
            before = server.statements()
            load.go()
            said = load.said()
            queries = server.statements() - before
    return said | {"queries": queries, "queries_a_phone": queries / PEOPLE}
