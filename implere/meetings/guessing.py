"""Slowing down who guesses codes, without locking out a room that shares one address.

Wrong codes are counted for the device and, with a far higher limit, for the address. Who has the QR picture's key is never
asked to wait, nor is a device that is already in. The counts live in this process' memory for a minute.
"""

import time
from collections import defaultdict, deque

from implere.meetings import reach

WINDOW = 60.0  # seconds
WRONG_A_DEVICE = 8
WRONG_AN_ADDRESS = 60

_wrong: dict[str, deque] = defaultdict(deque)


def _names(request):
    address = request.META.get("REMOTE_ADDR", "")
    device = reach.device_of(request)
    return [(f"address/{address}", WRONG_AN_ADDRESS)] + (
        [(f"device/{device}", WRONG_A_DEVICE)] if device else []
    )


def _recent(name: str) -> deque:
    times = _wrong[name]
    while times and times[0] < time.monotonic() - WINDOW:
        times.popleft()
    return times


def note_wrong_guess(request) -> None:
    if len(_wrong) > 10_000:
        for name in [name for name in _wrong if not _recent(name)]:
            del _wrong[name]
    for name, _most in _names(request):
        _recent(name).append(time.monotonic())


def must_wait(request) -> bool:
    """True when this device, or this address, has guessed wrongly too often within the last minute."""
    return any(len(_recent(name)) >= most for name, most in _names(request))


def forget_guesses() -> None:
    """For tests."""
    _wrong.clear()
