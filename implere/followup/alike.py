"""When a like choice is made: the most alike earlier ones, with what came of them, what was learnt, and why they were found."""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string

from implere import rooms
from implere.decisions.models import Decision
from implere.followup.queries import reviews
from implere.followup.queries.reviews import ChoiceView
from implere.meetings.models import Activity, Meeting
from implere.method import reader
from implere.rooms import Viewer
from implere.rules.likeness import most_alike

SHOWN = 3
STEM = 5  # letters: as much of a Danish word as its endings leave alone
SHORTEST = 4


@dataclass(frozen=True)
class AlikeView:
    """An earlier choice, and why it was found alike: the traits in words, what counts most first."""

    choice: ChoiceView
    reasons: list[str]


def asides(activity: Activity, viewer: Viewer) -> dict:
    """{subject id: HTML} on the desk and the leaders' phones. Three queries, however much there is."""
    if not activity.config.get("shows_alike") or viewer.surface == "screen":
        return {}
    if activity.meeting.audience != Meeting.Audience.LEADERS:
        return {}
    subjects = list(activity.subjects.select_related("initiative__theme"))
    earlier = _reviewed(activity)
    if not earlier:
        return {}
    outcomes, placed = rooms.mechanism_of(activity).outcomes(activity), _placed(subjects)
    known = [traits_of(view) for view in earlier]
    drawn = {}
    for subject in subjects:
        approach = _onwards(outcomes.get(subject.pk)) or placed.get(subject.initiative_id, "")
        choice = _traits(subject.initiative, subject.text, approach)
        if found := alike(choice, earlier, known):
            facts = {"found": found, "key": subject.pk}
            drawn[subject.pk] = render_to_string("followup/alike.html", facts)
    return drawn


def _reviewed(activity: Activity) -> list[ChoiceView]:
    """The organisation's reviewed choices, the latest of them; not this activity's own."""
    found = reviews.rows().filter(organisation_id=activity.organisation_id, review__isnull=False)
    found = found.exclude(subject__activity=activity).order_by("-review__held_at")[: reviews.MOST]
    return [reviews.view_of(row) for row in found]


def _placed(subjects) -> dict:
    """{initiative id: how it is approached by its latest placement that stands}: what a next step for it builds on."""
    about = {subject.initiative_id for subject in subjects if subject.initiative_id}
    rows = Decision.objects.filter(initiative__in=about, reopened_at=None).exclude(onwards="")
    return dict(rows.order_by("settled_at").values_list("initiative_id", "onwards"))


def _onwards(outcome: dict | None) -> str:
    """The approach that the group's answers point to, once they are shown."""
    values = outcome["values"].values() if outcome else ()
    return next((v["agreed"] or v["mode"] or "" for v in values if v["role"] == "onwards"), "")


def alike(choice: dict, earlier: list[ChoiceView], known: list[dict]) -> list[AlikeView]:
    """The most alike, at most three."""
    weights = {trait.id: trait.weight for trait in reader.load().traits}
    found = most_alike(choice, known, weights)[:SHOWN]
    return [AlikeView(earlier[each.position], _reasons(each.likeness)) for each in found]


def _reasons(likeness) -> list[str]:
    texts = {trait.id: str(trait.text) for trait in reader.load().traits}
    return [texts[reason.trait] + _of(reason) for reason in likeness.reasons if reason.share > 0]


def _of(reason) -> str:
    """Which approach, theme or department it is."""
    if isinstance(reason.one, frozenset):
        return ""
    approach = reader.load().approach(reason.one)
    return f" ({approach.name if approach else reason.one})"


def traits_of(view: ChoiceView) -> dict:
    return _traits(view.row.initiative, view.title, view.review.approach if view.review else view.row.onwards)


def _traits(initiative, text: str, approach: str) -> dict:
    theme = initiative.theme if initiative else None
    return {
        "approach": approach or None,
        "theme": theme.title.casefold() if theme else None,
        "department": (initiative.department.casefold() or None) if initiative else None,
        "words": stems(text + (f" {initiative.title}" if initiative else "")),
    }


def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words: what is left of a Danish word when its ending is not counted."""
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(word[:STEM] for word in found if len(word) >= SHORTEST)
