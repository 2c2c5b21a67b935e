"""The registries: how the rooms meet without importing one another.

`meetings` renders desk, screen and phone through the mechanism of an activity; `boards`, `ballots` and
`decisions` register themselves here when the program starts (in their `apps.py`). Nothing here knows a room.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Viewer:
    """Who a panel is drawn for. A drawing for the stream has neither participant nor user: what it shows is for
    everybody with that surface."""

    surface: str  # phone, screen or desk
    participant: Any = None
    user: Any = None


@dataclass(frozen=True)
class SubjectDraft:
    """What a later activity may be about: its words, the initiative it points to, its id in the method's data."""

    text: str
    initiative_id: Any = None
    code: str = ""


def _nothing(*args, **kwargs):
    return None


def _no_html(*args, **kwargs) -> str:
    return ""


def _no_content(*args, **kwargs) -> dict:
    return {}


def _empty(*args, **kwargs) -> list:
    return []


@dataclass(frozen=True)
class Mechanism:
    """What a mechanism answers for an activity. All take the activity first.

    panel(activity, viewer) -> HTML, the same for everybody with that surface;
    private(activity, participant) -> HTML that only this participant may see (phone);
    subjects(activity) -> [SubjectDraft] for a later activity;
    outcomes(activity) -> {subject id: what the answers came to}, empty until they are revealed;
    opened(activity) / closed(activity): rows to make or cut, inside the transaction;
    progress(activity, viewer) -> HTML, the regions that change with each answer, before the reveal or in a revote;
    shred(meeting): when the meeting closes, cut what could tell who wrote what (order, time);
    minutes(activity) -> HTML for the minutes, "" for nothing;
    paper(activity) -> HTML to print and fill in by hand, "" for nothing;
    export(activity) -> JSON-able dict with everything of the activity;
    restore(activity, data, found): the inverse of export, `found` maps exported ids to new objects;
    sheet(activity) -> (header, rows) for a spreadsheet;
    late(request, activity, participant, **more): keeps what was written for an activity that had closed in the meantime, for the
    facilitator to take in or leave out; raises Refused where there is nothing to keep.
    """

    panel: Callable = _no_html
    private: Callable = _no_html
    subjects: Callable = _empty
    outcomes: Callable = _no_content
    opened: Callable = _nothing
    closed: Callable = _nothing
    progress: Callable = _no_html
    shred: Callable = _nothing
    minutes: Callable = _no_html
    paper: Callable = _no_html
    export: Callable = _no_content
    restore: Callable = _nothing
    sheet: Callable = _nothing
    late: Callable | None = None


mechanisms: dict[str, Mechanism] = {"none": Mechanism()}
# kind of event -> draw(event, view, language) -> HTML fragments, each top-level element with an id
events: dict[str, Callable] = {}
# draw(activity, viewer) -> {subject id: HTML}; higher rooms add to the subjects' panels
asides: list[Callable] = []
# draw(activity, viewer) -> HTML; what higher rooms put above an activity's own picture, "" for nothing
above: list[Callable] = []
# the same below it
below: list[Callable] = []
# the `subjects` setting of an activity -> drafts(activity) -> [SubjectDraft], where a higher room knows what it is about
subject_sources: dict[str, Callable] = {}
# run(decision) when a decision is settled, reopened or stands again, in the transaction
decision_changed: list[Callable] = []
# run() every few minutes; it returns at once, and leaves what takes long to a thread of its own
chores: list[Callable] = []
# draw(cycle) -> HTML; what higher rooms show on the cycle's page
cycle_sections: list[Callable] = []
# name of a view that the facilitator can put on the screen -> draw(activity, viewer) -> HTML
screens: dict[str, Callable] = {}
# verb -> Pair, for the verbs that are more than the rows that their steps remember
pairs: dict[str, "Pair"] = {}
# verb -> what undo says was done, in words that a step's facts fill ("opened “%(title)s”")
verbs: dict[str, Any] = {}
# how rooms show what an activity holds as it was
histories: list["History"] = []
# draw(meeting) -> HTML regions beside the desk, drawn by higher rooms
desk_regions: list[Callable] = []
# run(meeting) when a meeting closes, in the transaction, last of all
meeting_closed: list[Callable] = []


@dataclass(frozen=True)
class Pair:
    """What a verb's step does when it is taken back or done again, after its rows have been turned; and what may refuse it."""

    undo: Callable = _nothing
    redo: Callable = _nothing
    check_undo: Callable = _nothing
    check_redo: Callable = _nothing


@dataclass(frozen=True)
class History:
    """How a room shows what it holds of an activity as it was after an earlier step.

    suits(activity): whether there could be anything to show;
    read(activity) -> the rows as they are now (meetings.changes.Past), None where they may not be seen;
    shows(activity, past): whether these rows were seen then;
    draw(activity, past) -> HTML of those rows.
    """

    suits: Callable
    read: Callable
    draw: Callable
    shows: Callable = lambda activity, past: True


@dataclass(frozen=True)
class OpenStep:
    """A step of an initiative's anchoring that is reached and not in place: its id and title in the method's data."""

    initiative_id: Any
    step: str
    title: str
    phase: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a choice when it was reviewed: whether what was expected happened; None where it can't be said."""

    decision_id: Any
    happened: bool | None
    learnt: str = ""


# (organisation) -> [OpenStep], in a fixed number of queries
critical_steps: list[Callable] = []
# (organisation) -> [Outcome], in a fixed number of queries
forecast_outcomes: list[Callable] = []
# (organisation) -> [(level of the chain from 1, median 1 to 5, answers)]; only what may be shown
meaning_levels: list[Callable] = []
# (initiative, viewer) -> (place in the order, HTML) of an initiative's own page; "" for nothing
initiative_parts: list[Callable] = []
# (initiative) -> [(date, text)] of what was done, marked on the axis of its indicators and on its timeline
initiative_marks: list[Callable] = []


@dataclass(frozen=True)
class Attachment:
    """What a higher room keeps about another mechanism's activity: its part of the minutes and of the exchange file."""

    minutes: Callable = _no_html
    export: Callable = _empty
    restore: Callable = _nothing


# name in the exchange file -> Attachment
attachments: dict[str, Attachment] = {}
# the same for what belongs to a cycle: export(cycle), restore(cycle, data, found)
cycle_attachments: dict[str, Attachment] = {}


def mechanism_of(activity) -> Mechanism:
    return mechanisms[activity.mechanism]


def draw_asides(activity, viewer: Viewer) -> dict[Any, str]:
    """{subject id: what the higher rooms have to say about it, drawn one after the other}."""
    drawn: dict[Any, str] = {}
    for draw in asides:
        for subject_id, html in draw(activity, viewer).items():
            drawn[subject_id] = drawn.get(subject_id, "") + html
    return drawn


def run_chores() -> None:
    """All of them, one after the other; one that fails keeps none of the others from its turn."""
    for chore in chores:
        try:
            chore()
        except Exception:
            log.exception("a chore failed: %s", getattr(chore, "__module__", chore))


def draw_all(draws: list[Callable], activity, viewer: Viewer) -> str:
    return "".join(draw(activity, viewer) for draw in draws)


def render_event(event, view: str, language: str) -> str:
    """The HTML of one event for one view and language; the hub calls it once for each."""
    from django.utils import translation

    draw = events.get(event.kind)
    if draw is None:
        return ""
    with translation.override(language):
        return draw(event, view, language)
