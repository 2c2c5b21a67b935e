"""The rules of a decision that need the activity: what may be settled, what the group said, when it is reviewed."""

from datetime import date

from implere import rooms
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Subject
from implere.method import reader
from implere.rules.relative_dates import months_later

PLACEMENT_REVIEW, NEXT_STEP_REVIEW = 6, 3  # months


def placement_review(today: date) -> date:
    """A placement is reviewed half a year later: the forecast is about that day."""
    return months_later(today, PLACEMENT_REVIEW)


def next_step_review(due_on: date | None, today: date) -> date:
    """A next step is reviewed three months after it is due."""
    return months_later(due_on or today, NEXT_STEP_REVIEW)


def possible_placements(activity: Activity) -> dict[str, list[str]]:
    """{role: the ids that may be settled}: the approaches, and for today also what is preset for a new one."""
    approaches = [approach.id for approach in reader.load().approaches]
    rows = {row.get("role"): row for row in activity.config.get("values", [])}
    preset = rows.get("today", {}).get("preset_new")
    return {"today": approaches + ([preset] if preset else []), "onwards": approaches}


def outcomes(activity: Activity) -> dict:
    """{subject id: what the private answers came to}, once shown; a decision activity's answers are a ballot's."""
    return rooms.mechanisms["ballot"].outcomes(activity) if activity.config.get("values") else {}


def median_forecast(outcome: dict | None) -> int | None:
    """The median of everybody's private probability, in whole steps of ten; None where nobody gave one or it is hidden."""
    values = outcome["values"].values() if outcome else ()
    return next((facts["median"] for facts in values if facts["role"] == "forecast"), None)


def how_many_said(activity: Activity, subject: Subject) -> tuple[int, int]:
    """(how many have given a probability on the subject, how many are here)."""
    people = activity.meeting.participants.all()
    return subject.answers.count(), max(people.filter(here=True).count(), subject.answers.count())


def probability(stated: int | None, typed: str, because: str) -> tuple[int | None, str]:
    """(what is settled, the reason): the group's median, or another step of ten with a reason."""
    typed = typed.strip().removesuffix("%").strip()
    if not typed:
        return stated, ""
    if not typed.isdigit() or int(typed) > 100 or int(typed) % 10:
        raise Refused("not_in_tens")
    wanted = int(typed)
    if wanted == stated:
        return stated, ""
    if not because.strip():
        raise Refused("missing_reason")
    return wanted, because.strip()[:400]
