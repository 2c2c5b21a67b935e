"""Writing: one transaction at a time, state and event together, each command once."""

import hashlib
import random
import threading
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

from implere.live import metrics, wakeups
from implere.live.models import Channel, Event, Receipt
from implere.live.prepared import Prepared

# SQLite's own queue for writers is not fair: one thread may wait for seconds. This lock is. PostgreSQL needs none.
_one_writer = threading.RLock()
_here = threading.local()


@contextmanager
def write(channel: str = ""):
    """One write transaction. Re-entrant: a command may call another, and all is kept or nothing.

    On PostgreSQL, where several processes write at once, those that name the same channel take turns, so that what a command
    has looked at is still true when it writes; on SQLite all do."""
    outermost = not getattr(_here, "depth", 0)
    _here.depth = getattr(_here, "depth", 0) + 1
    try:
        with _turn(), transaction.atomic(savepoint=outermost):
            if channel:
                take_turns(channel)
            yield
    finally:
        _here.depth -= 1


def _turn():
    return _one_writer if connection.vendor == "sqlite" else nullcontext()


def take_turns(channel: str) -> None:
    """Waits, inside write(), until nobody else in any process writes to this channel."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [channel])


@contextmanager
def alone():
    """The write lock without a transaction, for what a database does outside of them."""
    with _turn():
        yield


def emit(channel: str, kind: str, audience: str = "room", **payload) -> int:
    """Tells an event, inside write(); returns its number. Listeners are woken after the commit."""
    channel_id, seq = _next(channel)
    Event.objects.create(channel_id=channel_id, seq=seq, kind=kind, audience=audience, payload=payload)
    metrics.count("implere_events_total")
    transaction.on_commit(lambda: wakeups.wake(channel))
    return seq


def once(channel: str, command_id: str, perform) -> dict:
    """perform()'s answer, or, if this command was done on this channel already, the answer that it got then."""
    command_hash = hashlib.sha256(command_id.encode()).hexdigest()
    with write(channel):
        channel_id = _key(channel)
        if done := receipt.one(channel_id, command_hash):
            metrics.count("implere_commands_repeated_total")
            return done[0]
        outcome = perform() or {}
        Receipt.objects.create(channel_id=channel_id, command_hash=command_hash, outcome=outcome)
    metrics.count("implere_commands_total")
    return outcome


NEXT = "UPDATE live_channel SET last_seq = last_seq + 1 WHERE name = %s RETURNING id, last_seq"
key_of = Prepared(lambda name: Channel.objects.filter(name=name).values_list("pk"), "a name")
receipt = Prepared(
    lambda channel, command: Receipt.objects.filter(channel=channel, command_hash=command).values_list(
        "outcome"
    ),
    -7,
    "a hash",
)


def _next(channel: str) -> tuple[int, int]:
    """(the channel's key, its next number). The row stays locked until the commit, so there is no gap and no overtaking."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [channel])
        if found := cursor.fetchone():
            return found
    Channel.objects.get_or_create(name=channel)
    return _next(channel)


def _key(channel: str) -> int:
    found = key_of.one(channel)
    return found[0] if found else Channel.objects.get_or_create(name=channel)[0].pk


def drop_payloads(channel: str) -> None:
    """Empties the events of a channel, their times too; their numbers stay, so that streams can go on."""
    Event.objects.filter(channel__name=channel).update(payload={}, at="1970-01-01T00:00:00Z")


def seal_receipts(channel: str) -> None:
    """Writes the receipts anew as a shuffled set of hash -> kept: a late repeat is still known, an order is not."""
    row = Channel.objects.filter(name=channel).first()
    hashes = list(Receipt.objects.filter(channel=row).values_list("command_hash", flat=True)) if row else []
    random.SystemRandom().shuffle(hashes)
    Receipt.objects.filter(channel=row).delete()
    Receipt.objects.bulk_create(Receipt(channel=row, command_hash=h, outcome={"kept": True}) for h in hashes)
