"""What if we wait with this one? Tried on the picture, by the address alone; the plan stays as it is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.practice.queries.capacity import Plan
from implere.rules import capacity

WAITS = (1, 2, 3, 6)
TWICE = 2


@dataclass(frozen=True)
class Try:
    """Something that may be tried: its code in the address, and its words."""

    code: str
    label: str


@dataclass(frozen=True)
class Tried:
    """What is tried now, and the needs as they would be."""

    initiative: str
    title: str
    code: str
    sentence: str
    needs: list[capacity.Need]


def possible() -> list[Try]:
    waits = [Try(f"wait-{n}", ngettext("Wait %(n)d month", "Wait %(n)d months", n) % {"n": n}) for n in WAITS]
    return [*waits, Try("slower", _("Take twice as long")), Try("drop", _("Do without it"))]


def tried(plan: Plan, initiative: str, code: str) -> Tried | None:
    """What the address asks for; None where it asks for nothing that we know."""
    words = {each.code: each.label for each in possible()}
    if initiative not in plan.titles or code not in words:
        return None
    if code == "drop":
        needs = capacity.dropped(plan.needs, initiative)
    elif code == "slower":
        needs = capacity.stretched(plan.needs, initiative, TWICE)
    else:
        needs = capacity.moved(plan.needs, initiative, int(code.removeprefix("wait-")))
    title = plan.titles[initiative]
    return Tried(initiative, title, code, f"{title}: {words[code].lower()}", needs)
