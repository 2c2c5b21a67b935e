"""The five traces: what the group's own answers, choices and reviews tell. Each is a pure function of the gathered facts."""

from implere.insight.traces import capacity, meaning, ourselves, simpler, strengthen
from implere.insight.traces.trace import Trace

TRACES = {
    "strengthen": strengthen.trace,
    "simpler": simpler.trace,
    "ourselves": ourselves.trace,
    "hours": capacity.trace,
    "meaning": meaning.trace,
}


def all_five(facts) -> list[Trace]:
    """In the order of their numbers."""
    return [draw(facts) for draw in TRACES.values()]
