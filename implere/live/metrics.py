"""What the process counts about itself, as Prometheus reads it. Sums alone: nothing here says who, or which meeting."""

import threading
from collections import defaultdict
from contextlib import contextmanager
from time import perf_counter

HELP = {
    "implere_commands_total": "Commands that were done.",
    "implere_commands_repeated_total": "Commands that came again and got their first answer.",
    "implere_events_total": "Events written to the log.",
    "implere_listeners": "Streams that are open.",
    "implere_listeners_dropped_total": "Streams that were closed since they read too slowly.",
    "implere_listeners_let_go_total": "Streams that were closed since the same participant opened too many.",
    "implere_connections_cut_total": "Connections that were cut since they asked for nothing, or for too much.",
    "implere_pages_abandoned_total": "Pages that were not drawn since who asked for them had left.",
    "implere_wakeups_heard_total": "Wake-ups that came from other processes.",
    "implere_lag_seconds": "From an event's commit to its writing to the listeners.",
    "implere_database_seconds": "Spent in statements of the database.",
}
_lock = threading.Lock()
_sums: dict[str, float] = defaultdict(float)
_counts: dict[str, int] = defaultdict(int)


def count(name: str, by: float = 1) -> None:
    with _lock:
        _sums[name] += by


def observe(name: str, seconds: float) -> None:
    """Adds a duration to a summary (its sum and its count)."""
    with _lock:
        _sums[name] += seconds
        _counts[name] += 1


@contextmanager
def timed(name: str):
    began = perf_counter()
    try:
        yield
    finally:
        observe(name, perf_counter() - began)


def time_statements(sender, connection, **more) -> None:
    """A receiver of Django's connection_created: each statement's time is observed."""
    if _time_one not in connection.execute_wrappers:
        connection.execute_wrappers.append(_time_one)


def _time_one(execute, *arguments):
    with timed("implere_database_seconds"):
        return execute(*arguments)


def text() -> str:
    """All of it in Prometheus' text format, version 0.0.4."""
    with _lock:
        sums, counts = dict(_sums), dict(_counts)
    lines = []
    for name, words in HELP.items():
        kind = "summary" if name.endswith("_seconds") else "counter" if name.endswith("_total") else "gauge"
        lines += [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
        if kind == "summary":
            lines += [f"{name}_sum {sums.get(name, 0.0):.6f}", f"{name}_count {counts.get(name, 0)}"]
        else:
            lines.append(f"{name} {sums.get(name, 0):g}")
    return "\n".join(lines) + "\n"
