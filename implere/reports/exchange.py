"""A meeting as one JSON document, and back without loss (docs/operators/exchange.md has the schema).

`export` and `restore` are each other's inverse: restoring an export and exporting it again gives the same document, but for
the ids, which are made anew. Nobody's identity is in it: no devices, no tags, no receipts, no log.
"""

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.dateparse import parse_date, parse_datetime

from implere import rooms
from implere.initiatives.models import Chosen, Cycle, Initiative, Theme
from implere.live.commands import write
from implere.meetings.commands.agenda import unused_code
from implere.meetings.models import Activity, Meeting, SmallGroup, Subject
from implere.organisation.models import Organisation

FORMAT = "implere-meeting/1"
CYCLE = ("name", "purpose", "starts_on", "ends_on")
THEME = ("title", "position")
INITIATIVE = (
    "title", "description", "owner", "department", "status", "start_raw", "start_from", "start_to", "end_raw",
    "end_from", "end_to", "seen_by", "source", "fingerprint", "position",
)  # fmt: skip
MEETING = (
    "title",
    "audience",
    "template",
    "planned_at",
    "planned_minutes",
    "opened_at",
    "closed_at",
    "notes_in_minutes",
)
ACTIVITY = (
    "position", "kind", "mechanism", "step", "title", "question", "hint", "say", "minutes", "anonymous", "config",
    "opened_at", "closed_at", "seconds_used", "screen_view",
)  # fmt: skip
SUBJECT = ("code", "text", "position")


# what a damaged document meets on its way into the database
DAMAGES = (KeyError, TypeError, AttributeError, ValueError, ValidationError, DatabaseError)


class NotAMeeting(ValueError):
    """The document is no export of a meeting; the message says what is wrong with it."""


def export(meeting: Meeting) -> dict:
    """Everything of the meeting: its cycle, themes and initiatives, its agenda, and what each mechanism keeps."""
    cycle = meeting.cycle
    return {
        "format": FORMAT,
        "organisation": {"name": meeting.organisation.name, "language": meeting.organisation.language},
        "cycle": _fields(cycle, CYCLE),
        "themes": [_fields(theme, THEME) | {"id": str(theme.pk)} for theme in cycle.themes.all()],
        "initiatives": [
            _initiative(i) for i in cycle.initiatives.filter(removed_at=None).select_related("chosen")
        ],
        "meeting": _fields(meeting, MEETING),
        "groups": [group.number for group in meeting.groups.all()],
        "people": meeting.participants.count(),
        "activities": [_activity(activity) for activity in meeting.activities.all()],
        "cycle_attachments": {name: each.export(cycle) for name, each in rooms.cycle_attachments.items()},
    }


def _fields(row, names) -> dict:
    found = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in found.items()
    }


def _initiative(row) -> dict:
    chosen = getattr(row, "chosen", None)
    return _fields(row, INITIATIVE) | {
        "id": str(row.pk),
        "theme": str(row.theme_id) if row.theme_id else None,
        "chosen": chosen.position if chosen else None,
    }


def _activity(activity: Activity) -> dict:
    subjects = [
        _fields(s, SUBJECT)
        | {"id": str(s.pk), "initiative": str(s.initiative_id) if s.initiative_id else None}
        for s in activity.subjects.all()
    ]
    content = rooms.mechanism_of(activity).export(activity)
    attached = {name: each.export(activity) for name, each in rooms.attachments.items()}
    return (
        _fields(activity, ACTIVITY)
        | {"id": str(activity.pk), "subjects": subjects, "content": content}
        | attached
    )


def restore(document: dict, *, organisation: Organisation | None = None) -> Meeting:
    """A new meeting from an export, in a new cycle. Raises NotAMeeting in words; nothing is kept then."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotAMeeting(f"This is no exported meeting: its format is not {FORMAT}.")
    try:
        with write():
            return _restore(document, organisation)
    except DAMAGES as error:
        raise NotAMeeting(f"The exported meeting is damaged: {error} is missing or wrong.") from error


def _restore(document: dict, organisation) -> Meeting:
    organisation = organisation or _organisation(document["organisation"])
    own = {"organisation": organisation}
    found: dict[str, object] = {}
    cycle = Cycle.objects.create(**own, **_values(document["cycle"], CYCLE))
    for theme in document["themes"]:
        found[theme["id"]] = Theme.objects.create(**own, cycle=cycle, **_values(theme, THEME))
    for row in document["initiatives"]:
        made = Initiative.objects.create(
            **own, cycle=cycle, theme=found.get(row["theme"]), **_values(row, INITIATIVE)
        )
        found[row["id"]] = made
        if row["chosen"] is not None:
            Chosen.objects.create(**own, initiative=made, position=row["chosen"])
    meeting = Meeting.objects.create(
        **own, cycle=cycle, code=unused_code(), **_values(document["meeting"], MEETING)
    )
    for number in document["groups"]:
        found[f"group/{number}"] = SmallGroup.objects.create(**own, meeting=meeting, number=number)
    made = [(_restore_activity(meeting, row, found), row) for row in document["activities"]]
    for activity, row in made:
        rooms.mechanism_of(activity).restore(activity, row["content"], found)
        for name, each in rooms.attachments.items():
            each.restore(activity, row.get(name, []), found)
    for name, each in rooms.cycle_attachments.items():
        each.restore(cycle, document.get("cycle_attachments", {}).get(name, []), found)
    for tie in found.pop("later", []):  # what points from one activity to another, once both are there
        tie()
    return meeting


def _restore_activity(meeting: Meeting, row: dict, found: dict) -> Activity:
    activity = Activity.objects.create(
        organisation_id=meeting.organisation_id, meeting=meeting, **_values(row, ACTIVITY)
    )
    found[row["id"]] = activity
    for subject in row["subjects"]:
        found[subject["id"]] = Subject.objects.create(
            organisation_id=meeting.organisation_id,
            activity=activity,
            initiative=found.get(subject["initiative"]),
            **_values(subject, SUBJECT),
        )
    return activity


def _organisation(words: dict) -> Organisation:
    known = Organisation.objects.filter(name=words["name"]).first()
    return known or Organisation.objects.create(name=words["name"], language=words["language"])


def _values(row: dict, names) -> dict:
    return {name: _parsed(name, row[name]) for name in names}


def _parsed(name: str, value):
    if not isinstance(value, str):
        return value
    if name.endswith("_at"):
        return parse_datetime(value)
    if name.endswith(("_on", "_from", "_to")):
        return parse_date(value)
    return value
