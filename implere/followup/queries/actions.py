"""Actions as lists show them. A fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from implere.followup.links import Person
from implere.followup.models import Action, Reflection
from implere.initiatives.models import Cycle

SOON = timedelta(days=14)
MOST_ENDED = 50
MOST = 500


@dataclass(frozen=True)
class ActionView:
    """An action, and where it is: `state` is ended, withdrawn, waiting (its day has come), soon or later."""

    row: Action
    state: str
    reflection: Reflection | None = None

    @property
    def waits(self) -> bool:
        return self.state == "waiting"


@dataclass(frozen=True)
class ActionList:
    """Those whose day has come, those to come, those that something came of (the latest)."""

    waiting: list[ActionView] = field(default_factory=list)
    coming: list[ActionView] = field(default_factory=list)
    ended: list[ActionView] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.waiting or self.coming or self.ended)

    @property
    def open(self) -> list[ActionView]:
        return self.waiting + self.coming


def view_of(action: Action, today: date | None = None) -> ActionView:
    """One query, unless the reflection is there already."""
    reflection = getattr(action, "reflection", None)
    return ActionView(action, _state(action, reflection, today or timezone.localdate()), reflection)


def _state(action: Action, reflection, today: date) -> str:
    if reflection:
        return "ended"
    if action.withdrawn_at:
        return "withdrawn"
    if action.due_on <= today:
        return "waiting"
    return "soon" if action.due_on <= today + SOON else "later"


def _rows():
    return Action.objects.filter(withdrawn_at=None).select_related(
        "initiative", "cycle", "reflection__next", "reflection__written_by"
    )


def listed(rows) -> ActionList:
    """Two queries: what is open, and the latest of what is not."""
    today = timezone.localdate()
    open_ = [view_of(a, today) for a in rows.filter(reflection=None).order_by("due_on", "id")[:MOST]]
    ended = rows.filter(reflection__isnull=False).order_by("-reflection__written_at")[:MOST_ENDED]
    return ActionList(
        waiting=[a for a in open_ if a.waits],
        coming=[a for a in open_ if not a.waits],
        ended=[view_of(a, today) for a in ended],
    )


def of_cycle(cycle: Cycle) -> ActionList:
    return listed(_rows().filter(cycle=cycle))


def of_initiative(initiative) -> ActionList:
    return listed(_rows().filter(initiative=initiative))


def of_organisation(organisation) -> ActionList:
    return listed(_rows().filter(organisation=organisation))


def of_user(user, organisations) -> ActionList:
    """Those that bear the user's address or name, in the organisations where the user works."""
    own = Q(owner__iexact=user.name) if user.name else Q(pk=None)
    if user.email:
        own |= Q(mail__iexact=user.email)
    return listed(_rows().filter(own, organisation__in=organisations))


def of_person(person: Person) -> ActionList:
    own = Q(mail__iexact=person.mail) if person.mail else Q(mail="", owner__iexact=person.owner)
    return listed(_rows().filter(own, organisation_id=person.organisation_id))


def chain(action: Action) -> list[ActionView]:
    """The rounds of the loop that this action is part of, the first one first. Two queries."""
    if action.decision_id:
        rows = _rows().filter(decision_id=action.decision_id).order_by("turn")
        return [view_of(row) for row in rows]
    found = [_rows().filter(pk=action.pk).first() or action]
    while (before := getattr(found[0], "after", None)) is not None:
        found.insert(0, _rows().get(pk=before.action_id))
    while (reflection := getattr(found[-1], "reflection", None)) is not None and reflection.next_id:
        found.append(_rows().get(pk=reflection.next_id))
    return [view_of(row) for row in found]
