"""What the organisation's page shows."""

from collections import defaultdict
from dataclasses import dataclass

from implere.method import reader
from implere.method.reader import Approach
from implere.organisation.models import Membership, Organisation, Unit, Wording


@dataclass(frozen=True)
class UnitView:
    """A unit with those under it."""

    unit: Unit
    children: tuple


def unit_tree(organisation: Organisation) -> tuple[UnitView, ...]:
    """The units as a tree. One query."""
    under = defaultdict(list)
    for unit in Unit.objects.filter(organisation=organisation):
        under[unit.parent_id].append(unit)

    def views(parent_id):
        return tuple(UnitView(unit, views(unit.pk)) for unit in under[parent_id])

    return views(None)


def members(organisation: Organisation) -> list[Membership]:
    return list(
        Membership.objects.filter(organisation=organisation).select_related("user").order_by("user__name")
    )


@dataclass(frozen=True)
class WordedApproach:
    """An approach with the organisation's own words, "" where it uses ours."""

    approach: Approach
    own: str


def worded_approaches(organisation: Organisation, language: str) -> list[WordedApproach]:
    own = dict(
        Wording.objects.filter(organisation=organisation, language=language).values_list("key", "text")
    )
    return [WordedApproach(a, own.get(f"approach/{a.id}/one_line", "")) for a in reader.load().approaches]
