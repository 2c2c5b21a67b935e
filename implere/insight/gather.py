"""All that the five traces are computed from, in a fixed number of queries. Nothing else in the room's traces asks the database.

No owner's name leaves this file: what is known is whether there is one."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from implere import rooms
from implere.ballots.models import Answer, Reveal
from implere.decisions.models import Decision
from implere.initiatives.models import Chosen, Cycle, Initiative
from implere.insight.models import Described, OwnPoints, Recognition
from implere.method import reader
from implere.organisation.models import Organisation, Unit
from implere.practice.models import Asking, Indicator, Reply, Translation, Wish
from implere.practice.queries import capacity, knowing
from implere.practice.queries.meaning import levels_of
from implere.rules import agreement

CHARACTERISTIC = "characteristic"  # the role of a value in a ballot
STEPS = {str(step): step - 1 for step in range(1, 6)}


@dataclass(slots=True)
class InitiativeFacts:
    """An initiative as the traces see it. `approach`: from now on, by its latest standing placement, "" where none is."""

    pk: Any
    title: str
    goes_on: bool
    chosen: bool
    has_owner: bool
    has_effect: bool
    approach: str = ""
    medians: dict[str, float] = field(default_factory=dict)
    split: frozenset[str] = frozenset()


@dataclass(slots=True)
class Choice:
    """A decision that stands: a placement, or a next step. `forecast` from 0 to 1: the median of the private answers, else what was
    settled. `happened`: None until it is reviewed, or where it can't be said."""

    pk: Any
    initiative: Any
    words: str
    approach: str
    forecast: float | None
    settled_at: datetime
    happened: bool | None = None
    reviewed: bool = False


@dataclass(slots=True)
class Level:
    """A level of the chain over all initiatives that go on."""

    asked: int = 0
    written: int = 0
    wishes: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Facts:
    organisation: Organisation
    initiatives: dict[Any, InitiativeFacts]
    choices: list[Choice]
    plan: capacity.Plan
    lacks: list[knowing.Lack]
    levels: dict[int, Level]
    waiting: list[tuple[Any, Any, str]]  # (initiative, unit, the wish)
    silent: list[tuple[Any, Any]]  # (initiative, unit) that were asked and have not written
    meaning: list[tuple[int, float, int]]  # (level from 1, median, answers)
    open_steps: list[rooms.OpenStep]
    weights: dict
    recognitions: dict[str, Recognition]
    cycles: int

    @property
    def going_on(self) -> list[InitiativeFacts]:
        """What goes on: the chosen ones, or all where none were chosen."""
        rows = [row for row in self.initiatives.values() if row.goes_on]
        return [row for row in rows if row.chosen] or rows


def facts(organisation: Organisation) -> Facts:
    """Everything of the organisation."""
    initiatives, cycles, running = _initiatives(organisation)
    choices = _choices(organisation, initiatives, outcomes(organisation))
    characteristics(organisation, initiatives, running)
    levels, waiting, silent = _meaning(organisation, initiatives)
    return Facts(
        organisation=organisation,
        initiatives=initiatives,
        choices=choices,
        plan=capacity.plan(organisation),
        lacks=knowing.lacks(organisation),
        levels=levels,
        waiting=waiting,
        silent=silent,
        meaning=[row for each in rooms.meaning_levels for row in each(organisation)],
        open_steps=[step for each in rooms.critical_steps for step in each(organisation)],
        weights=weights(organisation),
        recognitions={row.trace: row for row in Recognition.objects.filter(organisation=organisation)},
        cycles=cycles,
    )


def _initiatives(organisation) -> tuple[dict, int, set]:
    """Those on the list, of every cycle. What goes on is of a cycle that has not ended, or of the last one. Four queries."""
    today = timezone.localdate()
    ends: dict[Any, date] = dict(Cycle.objects.filter(organisation=organisation).values_list("pk", "ends_on"))
    last = max(ends.values(), default=today)
    running = {pk for pk, end in ends.items() if end >= min(today, last)}
    chosen = set(Chosen.objects.filter(organisation=organisation).values_list("initiative_id", flat=True))
    counted = set(
        Indicator.objects.filter(organisation=organisation, removed_at=None).values_list(
            "initiative_id", flat=True
        )
    )
    rows = Initiative.objects.filter(organisation=organisation, removed_at=None).values_list(
        "pk", "title", "cycle_id", "status", "seen_by", "owner"
    )
    found = {
        pk: InitiativeFacts(
            pk, title, cycle in running and status != Initiative.Status.COMPLETED, pk in chosen, bool(owner),
            bool(seen_by) or pk in counted,
        )
        for pk, title, cycle, status, seen_by, owner in rows
    }  # fmt: skip
    return found, len(ends), running


def outcomes(organisation: Organisation) -> dict:
    """{decision id: what became of it}, from the rooms that review."""
    return {row.decision_id: row for each in rooms.forecast_outcomes for row in each(organisation)}


def reviewed(organisation: Organisation) -> list[Choice]:
    """The choices that were reviewed, for the history of the approaches. A few queries."""
    known = outcomes(organisation)
    if not known:
        return []
    return [choice for choice in _choices(organisation, {}, known) if choice.reviewed]


def _choices(organisation, initiatives: dict, outcomes: dict) -> list[Choice]:
    """The standing decisions, oldest first; sets each initiative's approach. One query."""
    rows = Decision.objects.filter(organisation=organisation, reopened_at=None).order_by("settled_at")
    found, approach = [], {}
    for pk, initiative, text, onwards, what, effect, seen_by, stated, settled, at in rows.values_list(
        "pk", "initiative_id", "subject__text", "onwards", "what", "effect", "seen_by", "stated", "probability",
        "settled_at",
    ).iterator(chunk_size=5000):  # fmt: skip
        about = initiatives.get(initiative)
        if onwards:
            approach[initiative] = onwards
            if about:
                about.approach = onwards
        if about and (effect or seen_by):
            about.has_effect = True
        said = settled if stated is None else stated
        outcome = outcomes.get(pk)
        found.append(
            Choice(
                pk, initiative, what or (about.title if about else text), approach.get(initiative, ""),
                None if said is None else said / 100, at, outcome.happened if outcome else None, outcome is not None,
            )
        )  # fmt: skip
    return found


def characteristic_values() -> dict[str, dict[str, str]]:
    """{kind of ballot: {its value's id: the characteristic that it asks about}}, by the method's data."""
    return {
        kind.id: asked
        for kind in reader.load().activities.values()
        if (
            asked := {
                v["id"]: v[CHARACTERISTIC]
                for v in kind.config.get("values", [])
                if v.get("role") == CHARACTERISTIC
            }
        )
    }


def characteristics(organisation, initiatives: dict, cycles=None, only: Initiative | None = None) -> None:
    """The medians of the initiatives of these cycles, or of the only one: of the revealed private answers, else as typed; those
    that the group is split over apart. Two queries."""
    for pk, code, value in Described.objects.filter(organisation=organisation).values_list(
        "initiative_id", "characteristic", "value"
    ):
        if pk in initiatives:
            initiatives[pk].medians[code] = value
    for pk, answers in _said(organisation, cycles, only).items():
        if about := initiatives.get(pk):
            about.split = frozenset(code for code, counts in answers.items() if is_split(counts))
            for code, counts in answers.items():
                about.medians.pop(code, None)
                if code not in about.split and any(counts):
                    about.medians[code] = median(
                        step for step, n in enumerate(counts, start=1) for _one in range(n)
                    )


def _said(organisation, cycles, only) -> dict:
    """{initiative: {characteristic: how many said 1, 2, 3, 4, 5}} of the ballots that were shown."""
    asked = characteristic_values()
    subjects = Q(activity__kind__in=asked, organisation=organisation)
    subjects &= Q(subject__initiative=only) if only else Q(subject__initiative__cycle__in=cycles)
    shown = Reveal.objects.filter(activity=OuterRef("activity"), subject=None, round=1)
    rows = Answer.objects.filter(subjects, Exists(shown), round=1)
    found: dict[Any, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * len(STEPS)))
    for initiative, kind, values in rows.values_list("subject__initiative_id", "activity__kind", "values"):
        codes, counts = asked[kind], found[initiative]
        for value, answer in values.items():
            if value in codes and (step := STEPS.get(answer)) is not None:
                counts[codes[value]][step] += 1
    return found


def is_split(counts: list[int]) -> bool:
    """Whether the group sees it differently: van der Eijk's A below 0."""
    a = agreement.van_der_eijk(counts)
    return a is not None and a < 0


def weights(organisation: Organisation) -> dict:
    """The advisor's points, the organisation's own laid over ours. One query."""
    found = {
        code: {level: dict(points) for level, points in levels.items()}
        for code, levels in reader.load().advisor.weights.items()
    }
    for row in OwnPoints.objects.filter(organisation=organisation):
        if row.approach in found.get(row.characteristic, {}).get(row.level, {}):
            found[row.characteristic][row.level][row.approach] = row.points
    return found


def _meaning(organisation, initiatives: dict):
    """(levels, wishes that wait, who has not written) over what goes on. Five queries."""
    level = levels_of(list(Unit.objects.filter(organisation=organisation).only("pk", "parent_id")))
    pairs = {
        name: {
            pair
            for pair in model.objects.filter(organisation=organisation, **standing).values_list("initiative_id", "unit_id")
            if pair[0] in initiatives and initiatives[pair[0]].goes_on
        }
        for name, model, standing in (("asked", Asking, {}), ("written", Translation, {"replaced_at": None}))
    }  # fmt: skip
    answered = set(Reply.objects.filter(organisation=organisation).values_list("wish_id", flat=True))
    levels: dict[int, Level] = defaultdict(Level)
    for _initiative, unit in pairs["asked"] | pairs["written"]:
        levels[level[unit]].asked += 1
    for _initiative, unit in pairs["written"]:
        levels[level[unit]].written += 1
    waiting = []
    for pk, initiative, unit, text in Wish.objects.filter(
        organisation=organisation, withdrawn_at=None
    ).values_list("pk", "initiative_id", "unit_id", "text"):
        if initiative not in initiatives or not initiatives[initiative].goes_on:
            continue
        levels[level[unit]].wishes += 1
        if pk not in answered:
            levels[level[unit]].waiting += 1
            waiting.append((initiative, unit, text))
    silent = sorted(pairs["asked"] - pairs["written"], key=lambda pair: (level[pair[1]], str(pair)))
    return dict(sorted(levels.items())), waiting, silent
