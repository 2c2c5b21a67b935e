"""Minutes: planned, used, left; and what to shorten when they overrun."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sum:
    """All in minutes. `over`: how much the plan exceeds the hours. `ahead`: how much the finished items used less than
    planned (negative: more). `remaining`: planned and not used, of the others. `too_long`: how much of that is beyond the hours."""

    planned: int
    hours: int
    used: int
    ahead: int
    remaining: int = 0

    @property
    def left(self) -> int:
        """Of the hours."""
        return max(0, self.hours - self.used)

    @property
    def too_long(self) -> int:
        return max(0, self.remaining - self.left)

    @property
    def over(self) -> int:
        return max(0, self.planned - self.hours)

    @property
    def behind(self) -> int:
        return max(0, -self.ahead)


def compare(items: list[tuple[int, int, bool]], hours: int) -> Sum:
    """`items`: (planned minutes, used minutes, done) in order."""
    done = [(planned, used) for planned, used, is_done in items if is_done]
    return Sum(
        planned=sum(planned for planned, _used, _done in items),
        hours=hours,
        used=sum(used for _planned, used, _done in items),
        ahead=sum(planned - used for planned, used in done),
        remaining=sum(max(0, planned - used) for planned, used, is_done in items if not is_done),
    )


def shorten(items: list[tuple[object, int]], minutes: int, *, least: int = 3) -> dict:
    """{item: minutes to take} that together give `minutes`, taken from the longest in proportion; nothing goes under
    `least`. Empty where nothing need be taken; as much as there is where that is not enough."""
    room = {item: max(0, planned - least) for item, planned in items}
    total = sum(room.values())
    if minutes <= 0 or total == 0:
        return {}
    wanted = min(minutes, total)
    taken = {item: have * wanted // total for item, have in room.items()}
    for item in sorted(room, key=lambda each: room[each] - taken[each], reverse=True):
        if sum(taken.values()) >= wanted:
            break
        taken[item] += min(1, room[item] - taken[item])
    return {item: take for item, take in taken.items() if take}
