"""The other processes on the same database: wake-ups go to them, and come from them, by PostgreSQL's LISTEN and NOTIFY.

They are sent after the commit and gathered, on a connection of their own: NOTIFY inside a busy transaction takes one lock for
the whole database. They carry the channel's name alone. One that is lost delays and never loses: the hub looks at the log
every second as well.
"""

import logging
import os
import select
import threading

from django.db import DatabaseError, connection

from implere.live import wakeups

NAME = "implere_news"
GATHER = 0.02  # seconds that wake-ups are gathered for
LISTEN_AGAIN = 2.0  # seconds between tries where the database does not answer

log = logging.getLogger(__name__)


class Neighbours:
    """`hear(channel)` is called, in a thread of its own, when another process has committed news."""

    def __init__(self, hear):
        self._hear = hear
        self._news: set[str] = set()
        self._ended = threading.Event()
        self._ear, self._mouth = os.pipe()
        self._thread = threading.Thread(target=self._run, name="neighbours", daemon=True)

    def start(self) -> None:
        """Where the database is one that others can share; else does nothing."""
        if connection.vendor == "postgresql":
            wakeups.subscribe(self._tell)
            self._thread.start()

    def close(self) -> None:
        wakeups.unsubscribe(self._tell)
        self._ended.set()
        os.write(self._mouth, b".")

    def _tell(self, channel: str) -> None:
        """From any thread, after a commit here."""
        self._news.add(channel)
        os.write(self._mouth, b".")

    def _run(self) -> None:
        while not self._ended.is_set():
            own = connection.copy()
            try:
                own.connect()
                self._talk(own.connection)
            except (DatabaseError, OSError, *_driver_errors()) as error:
                log.warning("other processes are not heard just now: %s", type(error).__name__)
                self._ended.wait(LISTEN_AGAIN)
            finally:
                own.close()

    def _talk(self, line) -> None:
        line.execute(f"LISTEN {NAME}")
        mine = line.info.backend_pid
        while not self._ended.is_set():
            said, _out, _odd = select.select([line.fileno(), self._ear], [], [])
            if self._ear in said:
                self._ended.wait(GATHER)
                os.read(self._ear, 65536)
                news, self._news = self._news, set()
                line.execute(
                    f"SELECT pg_notify('{NAME}', name) FROM unnest(%s::text[]) AS name", [list(news)]
                )
            for note in line.notifies(timeout=0):
                if note.pid != mine:
                    self._hear(note.payload)


def _driver_errors() -> tuple:
    from psycopg import Error

    return (Error,)
