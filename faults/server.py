"""The real server, but for two things: it kills itself (-9) when it comes by a given place for the nth time, and its clock can be
set. `FAULT_POINT` and `FAULT_COUNT` say where and when; the file `FAULT_CLOCK` holds the seconds that the clock is wrong."""

import os
import signal
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

POINTS = ("before", "inside", "emitted", "committed", "answering")


def main() -> int:
    _set_the_clock(Path(os.environ["FAULT_CLOCK"]))
    import django

    django.setup()
    _die_at(os.environ.get("FAULT_POINT", ""), int(os.environ.get("FAULT_COUNT", "0")))
    from implere.cli import main as implere

    return implere(["run"])


def _set_the_clock(file: Path) -> None:
    from django.utils import timezone

    real_time, real_now = time.time, timezone.now

    def wrong() -> float:
        return float(file.read_text() or 0)

    time.time = lambda: real_time() + wrong()
    timezone.now = lambda: real_now() + timedelta(seconds=wrong())


def _die_at(point: str, nth: int) -> None:
    from implere.live import commands, wakeups
    from implere.live.models import Event, Receipt
    from implere.meetings import doors

    passed = count(1)

    def die(*args, **more) -> None:
        if next(passed) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    def first(work):
        return lambda *args, **more: (die(), work(*args, **more))[1]

    def then(work):
        return lambda *args, **more: (work(*args, **more), die())[0]

    if point == "before":
        doors.once = first(commands.once)
    elif point == "inside":
        Receipt.objects.create = first(Receipt.objects.create)
    elif point == "emitted":
        Event.objects.create = then(Event.objects.create)
    elif point == "committed":
        wakeups.subscribe(die)
    elif point == "answering":
        doors.answer = first(doors.answer)


if __name__ == "__main__":
    sys.exit(main())
