"""A follow-up meeting: what was agreed last and what came of it; the choices whose day has come, answered by the group."""

from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from implere import rooms
from implere.boards.queries import is_shown
from implere.followup.forms import review_form
from implere.followup.queries import actions, reviews
from implere.followup.queries.actions import ActionList
from implere.initiatives.models import Cycle
from implere.meetings.models import Activity, Meeting
from implere.rooms import SubjectDraft, Viewer

LONGEST = 400
MOST_ENDED = 6
MOST_ON_SCREEN = 5


def above(activity: Activity, viewer: Viewer) -> str:
    """What was agreed last, where the activity's settings ask for it, in a meeting of leaders."""
    if viewer.surface == "screen" or not _shows_agreed(activity):
        return ""
    found = of_meeting(activity.meeting)
    facts = {
        "list": found,
        "ended": found.ended[:MOST_ENDED],
        "surface": viewer.surface,
        "activity": activity,
    }
    return render_to_string("followup/agreed.html", facts)


def _shows_agreed(activity: Activity) -> bool:
    return bool(activity.config.get("shows_agreed")) and activity.meeting.audience == Meeting.Audience.LEADERS


def on_screen(activity: Activity, viewer: Viewer) -> str:
    """The same on the screen, under the question, until the notes take its place."""
    if viewer.surface != "screen" or not _shows_agreed(activity) or is_shown(activity):
        return ""
    open_ = of_meeting(activity.meeting).open
    facts = {"open": open_[:MOST_ON_SCREEN], "more": len(open_) - MOST_ON_SCREEN}
    return render_to_string("followup/agreed_screen.html", facts)


def of_meeting(meeting: Meeting) -> ActionList:
    """The cycle's own; at the first meeting of a new cycle what the organisation has going from the one before."""
    found = actions.of_cycle(meeting.cycle)
    return found or actions.of_organisation(meeting.organisation)


def due_drafts(activity: Activity) -> list[SubjectDraft]:
    """What the group is asked about: each choice with what was written beforehand. The code is the decision's id."""
    return [
        SubjectDraft(asked(view), view.row.initiative_id, code=str(view.row.pk))
        for view in reviews.due(activity.organisation_id)
    ]


def asked(view: reviews.ChoiceView) -> str:
    expected = " · ".join(text for text in (view.expected, view.seen_by) if text)
    if not expected:
        expected = _("nothing was written down beforehand")
    said = _("%(title)s. What we expected: %(expected)s") % {"title": view.title, "expected": expected}
    return said[:LONGEST]


def to_review(activity: Activity, viewer: Viewer) -> str:
    """On the desk, once the group's answers are shown: the review of each, with the group's answer filled in."""
    if viewer.surface != "desk" or not activity.config.get("reviews"):
        return ""
    if activity.meeting.audience != Meeting.Audience.LEADERS:
        return ""
    outcomes = rooms.mechanism_of(activity).outcomes(activity)
    if not outcomes:
        return ""
    subjects = [s for s in activity.subjects.all() if is_id(s.code)]
    found = (
        reviews.rows()
        .select_related("organisation")
        .filter(pk__in=[s.code for s in subjects], organisation_id=activity.organisation_id)
    )
    decisions = {str(decision.pk): decision for decision in found}
    rows = []
    for subject in subjects:
        decision = decisions.get(subject.code)
        if decision is not None:
            answer = said_by_group(activity, outcomes.get(subject.pk))
            rows.append({"choice": reviews.view_of(decision), "form": review_form(decision, outcome=answer)})
    return render_to_string("followup/answered.html", {"rows": rows, "activity": activity})


def is_id(code: str) -> bool:
    """Whether a subject's code can be a decision's id; a file that was read in may hold anything."""
    try:
        return bool(UUID(code))
    except ValueError:
        return False


def said_by_group(activity: Activity, outcome: dict | None) -> str:
    """What more of the group said than anything else, as a review's outcome; "" for a tie."""
    values = list(outcome["values"].values()) if outcome else []
    counts = values[0]["counts"] if values else {}
    meaning = activity.config["reviews"]
    said = sorted(
        ((count, meaning[id]) for id, count in counts.items() if id in meaning and count), reverse=True
    )
    if not said or (len(said) > 1 and said[0][0] == said[1][0]):
        return ""
    return said[0][1]


def of_cycle(cycle: Cycle) -> str:
    """On the cycle's page: what is ready to be looked at."""
    found, choices = actions.of_cycle(cycle), reviews.of_cycle(cycle)
    if not found.waiting and not choices.due:
        return ""
    facts = {"cycle": cycle, "waiting": found.waiting[:MOST_ENDED], "due": choices.due[:MOST_ENDED]}
    return render_to_string("followup/cycle_section.html", facts)
