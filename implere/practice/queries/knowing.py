"""The knowledge that is missing, and who can teach it. A fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from implere.initiatives.models import Initiative
from implere.organisation.models import Organisation
from implere.practice.models import Asked, Knowing

SHORT = (Knowing.Level.NONE, Knowing.Level.SOME)


@dataclass(frozen=True)
class Lack:
    """A unit that an initiative asks to know something: what it knows (None: nobody has said), who can teach it, where help
    is got."""

    asked: Asked
    level: str | None
    words: str
    teachers: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        return self.level in SHORT

    @property
    def is_unknown(self) -> bool:
        return self.level is None


def lacks(organisation: Organisation, initiative: Initiative | None = None) -> list[Lack]:
    """What is asked for, what is missing first. Two queries."""
    wanted = Q(organisation=organisation, initiative__removed_at=None)
    if initiative:
        wanted &= Q(initiative=initiative)
    rows = Asked.objects.filter(wanted).select_related("unit", "knowledge", "initiative")
    known, teachers = {}, defaultdict(list)
    for row in Knowing.objects.filter(organisation=organisation).select_related("unit"):
        known[row.unit_id, row.knowledge_id] = row
        if row.level == Knowing.Level.TEACH:
            teachers[row.knowledge_id].append(row.unit.name)
    found = [
        _lack(row, known.get((row.unit_id, row.knowledge_id)), teachers[row.knowledge_id]) for row in rows
    ]
    order = {Knowing.Level.NONE: 0, Knowing.Level.SOME: 1, None: 2}
    return sorted(found, key=lambda lack: (order.get(lack.level, 3), lack.asked.knowledge.title))


def _lack(row: Asked, knowing: Knowing | None, teachers: list[str]) -> Lack:
    level = knowing.level if knowing else None
    words = str(knowing.get_level_display()) if knowing else ""
    return Lack(row, level, words, tuple(name for name in teachers if name != row.unit.name))
