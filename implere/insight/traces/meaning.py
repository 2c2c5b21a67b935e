"""5. Why frustration and loss of meaning arise: levels that have no translation, asked for something and got no answer, or rate
meaning low; seen beside the other four. The blame is never laid on who asked."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.insight.gather import Facts
from implere.insight.traces.trace import Evidence, Group, Trace
from implere.practice.queries.meaning import level_names

LOW = 2  # a median of meaning up to this is low; our choice


@dataclass(frozen=True)
class LevelBar:
    """A level of the chain in the picture: how many have written, and how meaningful it is felt (None: not shown)."""

    name: str
    they: str
    written: int
    asked: int
    waiting: int
    meaning: float | None

    @property
    def percent(self) -> float | None:
        return 100 * self.written / self.asked if self.asked else None


def trace(facts: Facts) -> Trace:
    bars = _bars(facts)
    return Trace(
        code="meaning",
        number=5,
        asks=_("Why is meaning lost?"),
        headline=_headline(bars),
        sentences=tuple(_sentences(facts, bars)),
        rule=_("The share of the units that were asked which have written what an initiative means there, by level; the wishes that have no answer from above; the median of how meaningful it is felt, from 1 to 5, where at least five answered. Meaning is low up to 2; that limit is our choice."),
        source=_("Balogun & Johnson 2004: middle managers make meaning mostly with each other. O'Reilly and others 2010: leaders' effect shows only taken together over the levels."),
        not_said=_("A level that has not written may still have talked about it. A wish without an answer says something about the way up, not about who asked."),
        question=_("Which of the unanswered wishes can we answer today, with a yes or a no?"),
        evidence=partial(_groups, facts),
        picture="insight/levels.html" if bars else "",
        drawn=bars,
        enough=bool(bars),
    )  # fmt: skip


def _bars(facts: Facts) -> list[LevelBar]:
    meaning = {level - 1: median for level, median, _n in facts.meaning}
    numbers = sorted({*facts.levels, *meaning})
    count = max(numbers, default=-1) + 1
    names, they = level_names(count), level_names(count, they=True)
    bars = []
    for number in numbers:
        level = facts.levels.get(number)
        counts = (level.written, level.asked, level.waiting) if level else (0, 0, 0)
        bars.append(LevelBar(names[number], they[number], *counts, meaning.get(number)))
    return bars


def _headline(bars: list[LevelBar]) -> str:
    if not bars:
        return _("No unit has been asked yet what an initiative means there")
    asking = max(bars, key=lambda bar: bar.waiting)
    if asking.waiting:
        return ngettext(
            "%(level)s asked for something %(n)d time and got no answer",
            "%(level)s asked for something %(n)d times and got no answer",
            asking.waiting,
        ) % {"level": asking.they, "n": asking.waiting}
    asked = [bar for bar in bars if bar.asked]
    if asked:
        least = min(asked, key=lambda bar: bar.percent)
        if least.percent < 100:
            return _("%(level)s: %(n)d of %(all)d have written what it means there") % {
                "level": least.they, "n": least.written, "all": least.asked,
            }  # fmt: skip
    return _("Everybody who was asked has written, and every wish has its answer")


def _sentences(facts: Facts, bars: list[LevelBar]):
    low = [bar.name for bar in bars if bar.meaning is not None and bar.meaning <= LOW]
    if low:
        yield _("Meaning is felt to be low by: %(levels)s.") % {"levels": ", ".join(low)}
    over = {cell.unit for cell in facts.plan.cells().values() if cell.level in ("over", "missing")}
    pressed = {str(unit) for _initiative, unit, _text in facts.waiting} & over
    if pressed:
        names = ", ".join(sorted(facts.plan.units[unit] for unit in pressed))
        yield _(
            "Seen beside trace 4: %(units)s wait for an answer and are asked for more than they have."
        ) % {"units": names}
    silent = {initiative for initiative, _unit in facts.silent}
    bare = [i for i in silent if not facts.initiatives[i].has_owner or not facts.initiatives[i].has_effect]
    if bare:
        yield ngettext(
            "Seen beside trace 1: %(n)d initiative with no words from below also lacks an owner or an effect.",
            "Seen beside trace 1: %(n)d initiatives with no words from below also lack an owner or an effect.",
            len(bare),
        ) % {"n": len(bare)}


def _groups(facts: Facts) -> tuple[Group, ...]:
    def line(initiative, unit, about):
        url = reverse("practice:meaning", args=[initiative])
        return Evidence(facts.initiatives[initiative].title, f"{facts.plan.units[str(unit)]}{about}", url)

    waiting = tuple(line(i, unit, f": {text}") for i, unit, text in facts.waiting)
    silent = tuple(line(i, unit, "") for i, unit in facts.silent)
    found = ((_("Asked for, and not answered"), waiting), (_("Asked, and has not written"), silent))
    return tuple(Group(title, rows) for title, rows in found if rows)
