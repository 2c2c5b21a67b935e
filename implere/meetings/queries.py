"""What the three screens of a meeting read."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from implere.meetings.models import Activity, Meeting
from implere.method import reader


@dataclass(frozen=True)
class AgendaItem:
    """An item of the agenda as the desk lists it; `fill` is 0 (ahead), 50 (open) or 100 (done)."""

    id: object
    title: str
    minutes: int
    step: int
    fill: int
    is_open: bool
    used: int


@dataclass(frozen=True)
class Presence:
    """How many are here now, how many have joined; by the streams that are open, so people and not connections."""

    here: int
    joined: int

    @property
    def away(self) -> int:
        return self.joined - self.here


@dataclass(frozen=True)
class Clock:
    """A timer: when it ends, or how many seconds were left when it was paused."""

    ends_at: datetime | None
    seconds_left: int | None

    @property
    def ends_ms(self) -> int | None:
        """Milliseconds since 1970, for the browser."""
        return int(self.ends_at.timestamp() * 1000) if self.ends_at else None


@dataclass(frozen=True)
class Words:
    """An activity's words in the reader's language, where they are still the method's own; else as edited."""

    title: str
    question: str
    hint: str
    say: str


def current(meeting: Meeting) -> Activity | None:
    """Where the meeting is: its open activity."""
    found = meeting.activities.filter(opened_at__isnull=False, closed_at=None).select_related("focus").first()
    if found:
        found.meeting = meeting
    return found


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order. One query."""
    return [
        AgendaItem(
            id=a.pk,
            title=words(a).title,
            minutes=a.minutes,
            step=a.step,
            fill=50 if a.is_open else 100 if a.opened_at else 0,
            is_open=a.is_open,
            used=round(a.seconds_used / 60),
        )
        for a in meeting.activities.all()
    ]


def presence(meeting: Meeting) -> Presence:
    """Two counts, two queries."""
    people = meeting.participants.all()
    return Presence(here=people.filter(here=True).count(), joined=people.count())


def clock(activity: Activity) -> Clock:
    return Clock(
        ends_at=None if activity.seconds_left is not None else activity.ends_at,
        seconds_left=activity.seconds_left,
    )


def words(activity: Activity) -> Words:
    """Text that nobody has edited is shown in the reader's language."""
    found = reader.load().activities.get(activity.kind)
    return Words(**{name: _in_readers_language(activity, found, name) for name in Words.__dataclass_fields__})


def _in_readers_language(activity: Activity, found, name: str) -> str:
    kept = getattr(activity, name)
    text = getattr(found, name, None)
    if text is not None and kept in (text.da, text.en):
        return text.in_language(get_language() or "da")
    return kept
