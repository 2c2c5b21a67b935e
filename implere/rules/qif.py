"""Following an initiative through a quality framework's steps: what is in place, counted and listed, never averaged.

The steps and their phases are data (Meyers, Durlak & Wandersman 2012, Am. J. Community Psychol. 50:462–480); what counts as
open is our choice.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

STATUSES = ("unassessed", "missing", "under_way", "in_place", "irrelevant")
PHASES_BEFORE_START = 2


@dataclass(frozen=True)
class Step:
    """`phase`: 1, 2, 3 … `status`: one of `STATUSES`. `reason`: why the step is irrelevant."""

    id: str
    phase: int
    status: str = "unassessed"
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """`counts`: how many steps have each status, all five named. `open`: the ids of the open critical steps, in order."""

    counts: dict[str, int]
    open: list[str]


def status(step: Step) -> str:
    """The status that counts: "irrelevant" without a reason is "unassessed". ValueError for an unknown one."""
    if step.status not in STATUSES:
        raise ValueError(f"{step.status} is no status of a step")
    return "unassessed" if step.status == "irrelevant" and not step.reason.strip() else step.status


def open_critical(step: Step, *, reached: int, begun: bool, before_start: int = PHASES_BEFORE_START) -> bool:
    """Whether the step should be in place and is not: its phase is reached (0: none yet), or it belongs before the start (the first
    `before_start` phases) and the initiative has begun."""
    due = step.phase <= reached or (begun and step.phase <= before_start)
    return due and status(step) not in ("in_place", "irrelevant")


def tally(
    steps: list[Step],
    *,
    reached: int,
    start: date | None,
    today: date,
    before_start: int = PHASES_BEFORE_START,
) -> Tally:
    """The count over `steps`. The initiative has begun from its start date on; without a date it has not."""
    begun = start is not None and start <= today
    found = Counter(status(step) for step in steps)
    return Tally(
        {each: found[each] for each in STATUSES},
        [
            step.id
            for step in steps
            if open_critical(step, reached=reached, begun=begun, before_start=before_start)
        ],
    )
