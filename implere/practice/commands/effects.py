"""Every change to an initiative's indicators, their numbers and marks."""

from django.db.models import Max
from django.utils import timezone

from implere.initiatives.models import Initiative
from implere.live.commands import write
from implere.practice.models import Indicator, Leftover, Mark, Point
from implere.practice.reading import Reading


def _channel(initiative_id) -> str:
    """Those who write about the same initiative take turns."""
    return f"initiative/{initiative_id}"


def save_indicator(initiative: Initiative, indicator: Indicator | None, **fields) -> Indicator:
    """Adds an indicator to the initiative, or changes one."""
    with write(_channel(initiative.pk)):
        if indicator is None:
            last = initiative.indicators.aggregate(last=Max("position"))["last"] or 0
            indicator = Indicator(
                organisation_id=initiative.organisation_id, initiative=initiative, position=last + 1
            )
        for name, value in fields.items():
            setattr(indicator, name, value)
        indicator.save()
    return indicator


def remove_indicator(indicator: Indicator) -> None:
    with write():
        Indicator.objects.filter(pk=indicator.pk, removed_at=None).update(removed_at=timezone.now())


def restore_indicator(indicator: Indicator) -> None:
    with write():
        Indicator.objects.filter(pk=indicator.pk).update(removed_at=None)


def keep_numbers(indicator: Indicator, reading: Reading) -> dict[str, int]:
    """Keeps what was read. A number that stands already is not doubled; another number for the same day takes its place, and the
    earlier one is kept; a gap never takes a number away. Returns {"new", "changed", "same", "left"}."""
    counts = {"new": 0, "changed": 0, "same": reading.same, "left": 0}
    now = timezone.now()
    own = {"organisation_id": indicator.organisation_id, "indicator": indicator}
    with write(_channel(indicator.initiative_id)):
        standing = {(p.series, p.on): p for p in indicator.points.filter(replaced_at=None)}
        new, replaced = [], []
        for each in reading.points:
            before = standing.get((each.series, each.on))
            if before and ((before.value, before.size) == (each.value, each.size) or each.value is None):
                counts["same"] += 1
                continue
            if before:
                replaced.append(before.pk)
            counts["changed" if before else "new"] += 1
            new.append(
                Point(
                    series=each.series,
                    on=each.on,
                    value=each.value,
                    size=each.size,
                    raw=each.raw[:120],
                    **own,
                )
            )
        Point.objects.filter(pk__in=replaced).update(replaced_at=now)
        Point.objects.bulk_create(new)
        known = set(indicator.leftovers.values_list("text", "why"))
        left = [each for each in reading.left if (each.text, each.why) not in known]
        Leftover.objects.bulk_create(
            Leftover(text=each.text, why=each.why, facts=each.facts, **own) for each in left
        )
        counts["left"] = len(left)
    return counts


def drop_leftover(leftover: Leftover) -> None:
    """Somebody has looked at a line that could not be read."""
    with write():
        leftover.delete()


def add_mark(initiative: Initiative, *, on, text: str) -> Mark:
    """Marks what was done on the axis. The same on the same day is marked once."""
    with write(_channel(initiative.pk)):
        return Mark.objects.get_or_create(
            organisation_id=initiative.organisation_id, initiative=initiative, on=on, text=text.strip()[:120]
        )[0]


def remove_mark(mark: Mark) -> None:
    with write():
        mark.delete()
