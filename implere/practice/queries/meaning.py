"""What an initiative means down the chain: level by level, what peers wrote, what was asked for and not answered. A fixed number of
queries. It is about levels and units, never about who leads one."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from implere.initiatives.models import Initiative
from implere.method import reader
from implere.organisation.models import Unit
from implere.practice.models import Asking, Translation, Wish


@dataclass
class Place:
    """A unit's place in the chain of one initiative; `answers` is who its wishes wait for, None at the top."""

    unit: Unit
    level: int
    asked: bool = False
    translation: Translation | None = None
    wishes: list[Wish] = field(default_factory=list)
    answers: Unit | None = None

    @property
    def waiting(self) -> list[Wish]:
        return [wish for wish in self.wishes if not wish.replies.all()]


@dataclass(frozen=True)
class Level:
    """A level of the chain: how many of the units that were asked have written, and how many wishes wait for an answer from
    above."""

    number: int
    name: str
    they: str
    asked: int
    written: int
    wishes: int
    waiting: int
    places: tuple[Place, ...]

    @property
    def share(self) -> float | None:
        return self.written / self.asked if self.asked else None


@dataclass(frozen=True)
class Chain:
    """The whole chain; `headline` says where the translation stops."""

    levels: tuple[Level, ...]
    headline: str
    waiting: tuple[tuple[str, int], ...]  # (who an answer is awaited from, how many)

    @property
    def asked(self) -> int:
        return sum(level.asked for level in self.levels)

    @property
    def written(self) -> int:
        return sum(level.written for level in self.levels)


def level_names(count: int, they: bool = False) -> list[str]:
    """The levels' names from the top, as labels or as those who are on them; below what the method names, by their number."""
    names = [str(level.they if they else level.text) for level in reader.load().levels]
    return [names[n] if n < len(names) else _("Level %(n)d") % {"n": n + 1} for n in range(count)]


def levels_of(units: list[Unit]) -> dict:
    """{unit id: its level from 0, at the top}."""
    parents = {unit.pk: unit.parent_id for unit in units}
    found: dict = {}
    for pk in parents:
        walk, above = [], pk
        while above is not None and above not in found:
            walk.append(above)
            above = parents.get(above)
        depth = found[above] + 1 if above is not None else 0
        for each in reversed(walk):
            found[each] = depth
            depth += 1
    return found


def places(initiative: Initiative) -> dict:
    """{unit id: its place}, in the tree's order. Five queries."""
    units = list(Unit.objects.filter(organisation_id=initiative.organisation_id))
    levels = levels_of(units)
    found = {unit.pk: Place(unit, levels[unit.pk]) for unit in units}
    for pk in Asking.objects.filter(initiative=initiative).values_list("unit_id", flat=True):
        found[pk].asked = True
    for row in Translation.objects.filter(initiative=initiative, replaced_at=None):
        found[row.unit_id].translation = row
        found[row.unit_id].asked = True
    for wish in Wish.objects.filter(initiative=initiative, withdrawn_at=None).prefetch_related("replies"):
        found[wish.unit_id].wishes.append(wish)
    for place in found.values():
        place.answers = _above(place.unit, found)
    return found


def _above(unit: Unit, found: dict) -> Unit | None:
    """The nearest unit above that takes part; where none does, the one right above; None at the top."""
    parent, first = found.get(unit.parent_id), found.get(unit.parent_id)
    while parent is not None and not parent.asked:
        parent = found.get(parent.unit.parent_id)
    return parent.unit if parent else first.unit if first else None


def chain(initiative: Initiative, found: dict | None = None) -> Chain:
    found = places(initiative) if found is None else found
    by_level = defaultdict(list)
    for place in found.values():
        if place.asked or place.wishes:
            by_level[place.level].append(place)
    count = max(by_level, default=-1) + 1
    names, they = level_names(count), level_names(count, they=True)
    levels = tuple(_level(n, names[n], they[n], by_level[n]) for n in sorted(by_level))
    waiting: dict[str, int] = defaultdict(int)
    for place in found.values():
        if place.waiting:
            waiting[place.answers.name if place.answers else _("the management")] += len(place.waiting)
    return Chain(levels, _headline(levels), tuple(sorted(waiting.items(), key=lambda row: -row[1])))


def _level(number: int, name: str, they: str, rows: list[Place]) -> Level:
    return Level(
        number,
        name,
        they,
        asked=sum(place.asked for place in rows),
        written=sum(place.translation is not None for place in rows),
        wishes=sum(len(place.wishes) for place in rows),
        waiting=sum(len(place.waiting) for place in rows),
        places=tuple(rows),
    )


def _headline(levels: tuple[Level, ...]) -> str:
    if not levels:
        return _("No unit has been asked yet what the initiative means there")
    silent = next((level for level in levels if level.asked and not level.written), None)
    if silent:
        return _("The translation stops at: %(level)s") % {"level": _within(silent.they)}
    thin = next((level for level in levels if level.asked and level.written < level.asked), None)
    if thin:
        return _("%(level)s: %(n)d of %(all)d have written what it means there") % {
            "level": thin.they, "n": thin.written, "all": thin.asked,
        }  # fmt: skip
    return _("Everybody who was asked has written what it means there")


def _within(name: str) -> str:
    """A name in the middle of a sentence."""
    return name[:1].lower() + name[1:]


@dataclass(frozen=True)
class Desk:
    """What the leader of one unit sees: the words from above, the unit's own, what peers wrote, the wishes that wait for an
    answer from here, and what became of one's own."""

    place: Place
    above: Place | None
    peers: tuple[Place, ...]
    to_answer: tuple[tuple[Unit, Wish], ...]
    open_wish: str


def desk(initiative: Initiative, unit: Unit) -> Desk:
    """Five queries."""
    found = places(initiative)
    mine = found[unit.pk]
    above = found.get(mine.answers.pk) if mine.answers else None
    peers = [p for p in found.values() if p.translation and p.level == mine.level and p.unit.pk != unit.pk]
    peers.sort(key=lambda p: p.unit.parent_id != unit.parent_id)
    below = [
        (p.unit, wish) for p in found.values() if p.answers and p.answers.pk == unit.pk for wish in p.wishes
    ]
    return Desk(
        place=mine,
        above=above if above and above.translation else None,
        peers=tuple(peers),
        to_answer=tuple(sorted(below, key=lambda row: bool(row[1].replies.all()))),
        open_wish=next((wish.text for wish in mine.waiting), ""),
    )
