"""Wake-ups: "this channel has news". They carry no data; losing one only delays, since the log is polled too."""

_sleepers = []


def subscribe(wake_up) -> None:
    """wake_up(channel) is called after each commit with news, in the thread that committed."""
    _sleepers.append(wake_up)


def unsubscribe(wake_up) -> None:
    if wake_up in _sleepers:
        _sleepers.remove(wake_up)


def wake(channel: str) -> None:
    for wake_up in list(_sleepers):
        wake_up(channel)
