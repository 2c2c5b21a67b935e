"""What happens to the traces when a meeting closes (docs/decisions/0004): the third stage of anonymity.

In the closing's own transaction every mechanism writes its anonymous rows anew; the steps go, the log's payloads and times go,
and the receipts become a shuffled set. After the commit the file is compacted, so that nothing of it is left in free pages.
"""

import logging
from datetime import timedelta

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from implere import rooms
from implere.live import commands as live
from implere.meetings.models import Meeting, Participant, Step

OPEN_AT_MOST = timedelta(hours=24)
REWRITTEN = 200 * 2**20  # bytes; a larger table of PostgreSQL's is not written anew while people wait

# Whoever began to read before the meeting closed keeps what was deleted from being written over.
READERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL"""

log = logging.getLogger(__name__)
_waiting_to_compact = False


def cut_traces(meeting: Meeting) -> None:
    """Runs last in the transaction that closes the meeting."""
    for mechanism in rooms.mechanisms.values():
        mechanism.shred(meeting)
    Step.objects.filter(meeting=meeting).delete()
    Participant.objects.filter(meeting=meeting).update(here=False, joined_at=meeting.opened_at)
    live.drop_payloads(meeting.channel)
    live.seal_receipts(meeting.channel)
    transaction.on_commit(compact)


rooms.meeting_closed.append(cut_traces)


def compact() -> bool:
    """Writes anew, without what was deleted, the files that the database keeps; False where somebody is in the way just now, and
    then `chores` tries again."""
    global _waiting_to_compact
    if connection.in_atomic_block:
        return True
    try:
        with live.alone(), connection.cursor() as cursor:
            for statement in _compacting(cursor):
                cursor.execute(statement)
        _waiting_to_compact = False
    except OperationalError as error:
        log.warning("the database could not be compacted yet: %s", type(error).__name__)
        _waiting_to_compact = True
    return not _waiting_to_compact


def _compacting(cursor) -> list[str]:
    """SQLite: the journal is emptied, the file written anew. PostgreSQL: each table is, which locks it for a moment; a table that
    has grown large is only swept, so that nobody waits."""
    if connection.vendor == "sqlite":
        emptied = "PRAGMA wal_checkpoint(TRUNCATE)"
        return [emptied, "VACUUM", emptied]
    cursor.execute(READERS)
    if cursor.fetchone()[0]:
        raise OperationalError("somebody reads what was deleted")
    ours = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("implere.")]
    cursor.execute(
        "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)",
        [ours],
    )
    return [f'VACUUM {"(FULL)" if size < REWRITTEN else ""} "{name}"' for name, size in cursor.fetchall()]


def close_forgotten() -> int:
    """Closes the meetings that have been open for a day; returns how many."""
    from implere.meetings.commands import close_meeting

    forgotten = Meeting.objects.filter(closed_at=None, opened_at__lt=timezone.now() - OPEN_AT_MOST)
    for meeting in forgotten:
        close_meeting(meeting)
    return len(forgotten)


def chores() -> None:
    """What the server does every few minutes."""
    close_forgotten()
    if _waiting_to_compact:
        compact()


rooms.chores.append(chores)
