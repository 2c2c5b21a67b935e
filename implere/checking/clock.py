"""The clock. Times are shown, and tickets and sessions end by them; the order of events does not hang on it."""

import time
from datetime import UTC, datetime

from django.db import DatabaseError, connection

APART = 5.0  # seconds that two machines' clocks may differ
BEHIND = 60.0  # seconds that something may seem to have been written ahead of now


def clock(configuration) -> list[str]:
    if configuration.postgresql:
        return _two_clocks() or _before_what_was_written(_last_event())
    if not configuration.database_file.exists():
        return []
    return _before_what_was_written(max(_last_event(), configuration.database_file.stat().st_mtime))


def _two_clocks() -> list[str]:
    try:
        with connection.cursor() as cursor:
            before = time.time()
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
            theirs, after = cursor.fetchone()[0], time.time()
    except DatabaseError:
        return []  # said where the database is looked at
    finally:
        connection.close()
    apart = max(before - theirs, theirs - after)
    if apart < APART:
        return []
    way = "behind" if theirs > after else "ahead of"
    return [
        f"This machine's clock is {_words(apart)} {way} the database's: let both be set by the network (NTP)."
    ]


def _before_what_was_written(newest: float) -> list[str]:
    behind = newest - time.time()
    if behind < BEHIND:
        return []
    at = datetime.fromtimestamp(newest, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return [
        f"This machine's clock is wrong: it is {_words(behind)} before the last time that something was written here ({at})."
        " Let it be set by the network (NTP)."
    ]


def _last_event() -> float:
    from django.db.models import Max

    from implere.live.models import Event

    try:
        newest = Event.objects.aggregate(newest=Max("at"))["newest"]
    except DatabaseError:
        return 0.0
    finally:
        connection.close()
    return newest.timestamp() if newest else 0.0


def _words(seconds: float) -> str:
    for size, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"
