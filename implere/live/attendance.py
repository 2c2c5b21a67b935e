"""Who is here: people are counted, not connections, and what changed is told in a batch."""

from collections import defaultdict


class Attendance:
    """Counts the streams of each person in each channel. Lives in the event loop."""

    def __init__(self):
        self._streams: dict[tuple[str, str], int] = defaultdict(int)
        self._changes: dict[str, dict[str, bool]] = defaultdict(dict)

    def come(self, channel: str, who: str) -> None:
        self._streams[channel, who] += 1
        if self._streams[channel, who] == 1:
            self._changes[channel][who] = True

    def go(self, channel: str, who: str) -> None:
        self._streams[channel, who] -= 1
        if self._streams[channel, who] <= 0:
            del self._streams[channel, who]
            self._changes[channel][who] = False

    def changes(self) -> dict[str, dict[str, bool]]:
        """{channel: {who: here}} since it was asked last."""
        taken, self._changes = dict(self._changes), defaultdict(dict)
        return taken

    def everybody(self) -> dict[str, dict[str, bool]]:
        """{channel: {who: True}} for all who are here now."""
        people: dict[str, dict[str, bool]] = defaultdict(dict)
        for channel, who in self._streams:
            people[channel][who] = True
        return dict(people)
