"""What happened in an activity: the steps that stand, and what they made, drawn as it was after any of them. Open to the
facilitator until the meeting closes; then the steps go (docs/decisions/0008)."""

from dataclasses import dataclass

from implere import rooms
from implere.meetings.models import Activity, Step


@dataclass(frozen=True)
class Moment:
    """A place on the slider: how it was after this step; before the first one where there is none."""

    index: int
    step: Step | None


@dataclass(frozen=True)
class Replay:
    """The moments of an activity, and the picture at the chosen one."""

    moments: tuple[Moment, ...]
    chosen: Moment
    picture: str

    @property
    def last(self) -> int:
        return self.moments[-1].index

    @property
    def earlier(self) -> int | None:
        return self.chosen.index - 1 if self.chosen.index else None

    @property
    def later(self) -> int | None:
        return self.chosen.index + 1 if self.chosen.index < self.last else None


def replay(activity: Activity, index: int | None = None) -> Replay | None:
    """The activity as it was at the moment `index` (0 is the first; the last without one, or past it); None where nothing may be
    seen or nothing has happened. A fixed number of queries."""
    if activity.meeting.closed_at:
        return None
    parts = [
        (each, past) for each in rooms.histories if each.suits(activity) and (past := each.read(activity))
    ]
    steps = activity.meeting.steps.filter(undone_at=None).select_related("activity")  # the last one first
    about = [step for step in steps if _is_about(step, activity, parts)]
    found = _seen(activity, parts, about)
    if not about or not found:
        return None
    moments = tuple(Moment(place, step) for place, step in enumerate(reversed(found)))
    chosen = moments[-1 if index is None else max(0, min(index, len(moments) - 1))]
    for step in about[: about.index(chosen.step) if chosen.step else len(about)]:
        _take_back(parts, step)
    return Replay(moments, chosen, "".join(each.draw(activity, past) for each, past in parts))


def _is_about(step: Step, activity: Activity, parts: list) -> bool:
    """Whether the step changed rows in this activity, or, from another one, rows that are seen here."""
    own = step.activity_id == activity.pk and bool(step.changes)
    return bool(parts) and (own or any(past.touches(step.changes) for _each, past in parts))


def _seen(activity: Activity, parts: list, about: list[Step]) -> list[Step | None]:
    """The steps after which nothing was hidden, the last one first; None at the end for what was before them all."""
    parts, found = [(each, past.copy()) for each, past in parts], []
    for step in [*about, None]:
        if all(each.shows(activity, past) for each, past in parts):
            found.append(step)
        if step:
            _take_back(parts, step)
    return found


def _take_back(parts: list, step: Step) -> None:
    for _each, past in parts:
        past.take_back(step.changes)
