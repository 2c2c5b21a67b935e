"""The picture of phases and steps: for one initiative, and for all that were chosen. Counted and listed, never averaged."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from implere.followup.models import PhaseReached, StepAnswer
from implere.initiatives.models import Cycle, Initiative
from implere.method import frameworks
from implere.method.frameworks import Framework, FrameworkPhase, FrameworkStep
from implere.rules import qif

STATUS_WORDS = {
    "unassessed": gettext_lazy("Not assessed"),
    "missing": gettext_lazy("Missing"),
    "under_way": gettext_lazy("Under way"),
    "in_place": gettext_lazy("In place"),
    "irrelevant": gettext_lazy("Not relevant"),
}
FILLS = {"unassessed": 0, "missing": 0, "under_way": 50, "in_place": 100, "irrelevant": 0}


@dataclass(frozen=True)
class StepView:
    """A step of one initiative: the answer that stands, and whether it is open although it should be in place."""

    step: FrameworkStep
    status: str
    answer: StepAnswer | None
    is_open: bool

    @property
    def words(self):
        return STATUS_WORDS[self.status]

    @property
    def fill(self) -> int:
        return FILLS[self.status]


@dataclass(frozen=True)
class PhaseView:
    """A phase of one initiative. `asked`: it is reached, so its steps are asked for."""

    phase: FrameworkPhase
    steps: tuple[StepView, ...]
    asked: bool
    is_now: bool

    @property
    def in_place(self) -> int:
        return sum(1 for each in self.steps if each.status == "in_place")

    @property
    def relevant(self) -> int:
        return sum(1 for each in self.steps if each.status != "irrelevant")


@dataclass(frozen=True)
class AnchoringView:
    """One initiative's picture. `finding` is its headline; `counts` has (status in words, how many) of the steps asked for."""

    initiative: Initiative
    framework: Framework
    reached: int
    phases: tuple[PhaseView, ...]
    open: tuple[StepView, ...]
    counts: tuple[tuple[object, int], ...]
    finding: str


@dataclass(frozen=True)
class OpenStep:
    """A step, and for how many of the initiatives that have reached it it is open."""

    step: FrameworkStep
    framework: Framework
    open: int
    of: int


@dataclass(frozen=True)
class CycleAnchoring:
    """All chosen initiatives of a cycle. `steps`: those that are open most often first."""

    views: tuple[AnchoringView, ...]
    steps: tuple[OpenStep, ...]
    finding: str


def followed_by(initiative: Initiative) -> tuple[Framework, int]:
    """(the framework, the phase reached); at first the default one and its first phase. One query."""
    return _followed(PhaseReached.objects.filter(initiative=initiative).last())


def _followed(row: PhaseReached | None) -> tuple[Framework, int]:
    known = frameworks.load()
    framework = known.get(row.framework) if row else None
    if framework is None:
        return next(iter(known.values())), 1
    return framework, min(row.phase, len(framework.phases))


def of_initiative(initiative: Initiative) -> AnchoringView:
    """Two queries."""
    framework, reached = followed_by(initiative)
    rows = StepAnswer.objects.filter(initiative=initiative, framework=framework.id)
    return _view(initiative, framework, reached, {row.step: row for row in rows}, timezone.localdate())


def of_cycle(cycle: Cycle) -> CycleAnchoring:
    """Three queries, however many there are."""
    return of_cycles([cycle])


def of_cycles(cycles) -> CycleAnchoring:
    """The chosen initiatives of all of these."""
    rows = Initiative.objects.filter(cycle__in=cycles, removed_at=None, chosen__isnull=False)
    chosen = list(rows.select_related("chosen", "theme").order_by("chosen__position"))
    latest = {row.initiative_id: row for row in PhaseReached.objects.filter(initiative__in=chosen)}
    answers: dict = defaultdict(dict)
    for row in StepAnswer.objects.filter(initiative__in=chosen):
        answers[row.initiative_id, row.framework][row.step] = row
    views = []
    for initiative in chosen:
        framework, reached = _followed(latest.get(initiative.pk))
        standing = answers[initiative.pk, framework.id]
        views.append(_view(initiative, framework, reached, standing, timezone.localdate()))
    return CycleAnchoring(tuple(views), _open_steps(views), _finding_of_all(views))


def _view(initiative, framework: Framework, reached: int, standing: dict, today: date) -> AnchoringView:
    facts = [
        qif.Step(step.id, step.phase, standing[step.id].status, standing[step.id].reason)
        if step.id in standing
        else qif.Step(step.id, step.phase)
        for step in framework.steps
    ]
    start = initiative.start_from
    tally = qif.tally(facts, reached=reached, start=start, today=today, before_start=framework.before_start)
    begun = start is not None and start <= today
    asked_to = max(reached, framework.before_start if begun else 0)
    views = {
        fact.id: StepView(
            framework.step(fact.id), qif.status(fact), standing.get(fact.id), fact.id in tally.open
        )
        for fact in facts
    }
    phases = tuple(
        PhaseView(
            phase, tuple(views[s.id] for s in phase.steps), phase.number <= asked_to, phase.number == reached
        )
        for phase in framework.phases
    )
    asked = [each.status for phase in phases if phase.asked for each in phase.steps]
    open_ = tuple(views[id] for id in tally.open)
    counts = tuple((STATUS_WORDS[s], asked.count(s)) for s in qif.STATUSES if asked.count(s))
    return AnchoringView(initiative, framework, reached, phases, open_, counts, _finding(open_, len(asked)))


def _finding(open_: tuple, asked: int) -> str:
    if not open_:
        return _("Everything that should be in place by now is")
    return ngettext(
        "%(n)d of %(all)d steps that should be in place is still open",
        "%(n)d of %(all)d steps that should be in place are still open",
        len(open_),
    ) % {"n": len(open_), "all": asked}


def _open_steps(views: list[AnchoringView]) -> tuple[OpenStep, ...]:
    """The steps by how many of the initiatives that have reached them have them open."""
    found = []
    for framework in {view.framework.id: view.framework for view in views}.values():
        mine = [view for view in views if view.framework.id == framework.id]
        for step in framework.steps:
            reached = [view for view in mine if view.phases[step.phase - 1].asked]
            open_ = sum(1 for view in reached if step.id in {each.step.id for each in view.open})
            if open_:
                found.append(OpenStep(step, framework, open_, len(reached)))
    return tuple(sorted(found, key=lambda each: (-each.open / each.of, -each.of, each.step.number)))


def _finding_of_all(views: list[AnchoringView]) -> str:
    with_open = sum(1 for view in views if view.open)
    if not views:
        return _("No initiative has been chosen yet")
    return ngettext(
        "%(n)d of %(all)d initiatives has steps that should be in place and are not",
        "%(n)d of %(all)d initiatives have steps that should be in place and are not",
        with_open,
    ) % {"n": with_open, "all": len(views)}


def history(initiative: Initiative, framework: Framework, step_id: str) -> list[tuple[StepAnswer, object]]:
    """(answer, its status in words), the latest first. One query."""
    rows = StepAnswer.objects.filter(initiative=initiative, framework=framework.id, step=step_id)
    return [
        (row, STATUS_WORDS[row.status])
        for row in rows.select_related("written_by").order_by("-written_at", "-pk")
    ]
