"""The registries: how the rooms meet without importing one another.

`meetings` renders desk, screen and phone through the mechanism of an activity; `boards`, `ballots` and
`decisions` register themselves here when the program starts (in their `apps.py`). Nothing here knows a room.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


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
    inverse[verb](step) undoes one step of the facilitator's.
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
    inverse: dict[str, Callable] = field(default_factory=dict)


mechanisms: dict[str, Mechanism] = {"none": Mechanism()}
# kind of event -> draw(event, view, language) -> HTML fragments, each top-level element with an id
events: dict[str, Callable] = {}
# draw(activity, viewer) -> {subject id: HTML}; higher rooms add to the subjects' panels
asides: list[Callable] = []
# name of a view that the facilitator can put on the screen -> draw(activity, viewer) -> HTML
screens: dict[str, Callable] = {}
# inverse[verb](step) for verbs of rooms that are no mechanism, or that act on another's activity
inverses: dict[str, Callable] = {}
# verb -> what undo says was done, in words that a step's facts fill ("opened “%(title)s”")
verbs: dict[str, Any] = {}
# run(meeting) when a meeting closes, in the transaction, last of all
meeting_closed: list[Callable] = []


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


def mechanism_of(activity) -> Mechanism:
    return mechanisms[activity.mechanism]


def draw_asides(activity, viewer: Viewer) -> dict[Any, str]:
    """{subject id: what the higher rooms have to say about it, drawn one after the other}."""
    drawn: dict[Any, str] = {}
    for draw in asides:
        for subject_id, html in draw(activity, viewer).items():
            drawn[subject_id] = drawn.get(subject_id, "") + html
    return drawn


def render_event(event, view: str, language: str) -> str:
    """The HTML of one event for one view and language; the hub calls it once for each."""
    from django.utils import translation

    draw = events.get(event.kind)
    if draw is None:
        return ""
    with translation.override(language):
        return draw(event, view, language)
