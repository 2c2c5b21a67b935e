"""The chore that sends what is due. A mail server may be slow, so it runs in a thread of its own: the chores' thread also tells
who is in a meeting."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connections

from implere.followup.commands.mails import send_what_is_due

log = logging.getLogger(__name__)
_sender = ThreadPoolExecutor(1, "mail")
_at_work: Future | None = None


def remind() -> None:
    """Begins, unless the last time is still at it."""
    global _at_work
    if _at_work is None or _at_work.done():
        _at_work = _sender.submit(_send)


def _send() -> None:
    try:
        send_what_is_due()
    except Exception:
        log.exception("the reminders failed")
    finally:
        connections.close_all()
