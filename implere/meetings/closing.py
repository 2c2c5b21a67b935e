"""What happens to the traces when a meeting closes (docs/decisions/0004): the third stage of anonymity.

In the closing's own transaction every mechanism writes its anonymous rows anew; the steps go, the log's payloads and times go,
and the receipts become a shuffled set. After the commit the file is compacted, so that nothing of it is left in free pages.
"""

import logging
from datetime import timedelta

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from implere import rooms
from implere.live import commands as live
from implere.meetings.models import Meeting, Participant, Step

OPEN_AT_MOST = timedelta(hours=24)

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
    """Empties SQLite's journal and writes its file anew without free pages; False where somebody reads just now, and then
    `chores` tries again. PostgreSQL: vacuum of the tables, which needs no lock of all."""
    global _waiting_to_compact
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    try:
        with live.alone(), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _waiting_to_compact = False
    except OperationalError as error:
        log.warning("the database could not be compacted yet: %s", error)
        _waiting_to_compact = True
    return not _waiting_to_compact


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
