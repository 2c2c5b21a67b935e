"""What followed from a meeting, in its minutes and its exchange file: actions and reflections, reviews; with the cycle how its initiatives are
anchored. Nobody's address and no user is in it."""

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.dateparse import parse_date, parse_datetime

from implere.followup.agreed import is_id
from implere.followup.models import Action, PhaseReached, Reflection, Review, StepAnswer
from implere.followup.queries import reviews
from implere.initiatives.models import Cycle
from implere.meetings.models import Activity
from implere.organisation.models import Unit
from implere.rooms import Attachment

ACTION = ("turn", "what", "owner", "due_raw", "due_on", "effect", "made_at", "withdrawn_at")
REFLECTION = ("outcome", "happened", "works", "adjust", "stopped_because", "written_at")
REVIEW = (
    "outcome", "seen", "right_then", "right_now", "learning", "takes_along", "approach", "phase", "held_at",
)  # fmt: skip
PHASE = ("framework", "phase", "at")
STEP = (
    "framework", "step", "status", "reason", "answer", "evidence", "link", "figure", "responsible", "due_raw", "due_on",
    "written_at",
)  # fmt: skip


def _said(row, names) -> dict:
    values = {name: getattr(row, name) for name in names}
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in values.items()}


def _read(row: dict, names) -> dict:
    return {name: _parsed(name, row[name]) for name in names}


def _parsed(name: str, value):
    if not isinstance(value, str):
        return value
    if name == "at" or name.endswith("_at"):
        return parse_datetime(value)
    return parse_date(value) if name.endswith("_on") else value


def _key(row, name: str) -> str | None:
    value = getattr(row, f"{name}_id")
    return str(value) if value else None


def export_actions(activity: Activity) -> list[dict]:
    return _export_actions(Q(decision__subject__activity=activity))


def _export_actions(which: Q) -> list[dict]:
    """Those that follow from one another stand in that order. One query."""
    rows = Action.objects.filter(which).select_related("reflection").order_by("turn", "made_at", "pk")
    return [
        _said(row, ACTION)
        | {"id": str(row.pk), "decision": _key(row, "decision"), "initiative": _key(row, "initiative")}
        | {"reflection": _export_reflection(getattr(row, "reflection", None))}
        for row in rows
    ]


def _export_reflection(row: Reflection | None) -> dict | None:
    return _said(row, REFLECTION) | {"next": _key(row, "next")} if row else None


def restore_actions(activity: Activity, rows: list, found: dict) -> None:
    _restore_actions(activity.meeting.cycle, rows, found)


def _restore_actions(cycle: Cycle, rows: list, found: dict) -> None:
    own = {"organisation_id": cycle.organisation_id}
    for row in rows:
        found[row["id"]] = Action.objects.create(
            **own,
            cycle=cycle,
            decision=found.get(row["decision"]),
            initiative=found.get(row["initiative"]),
            **_read(row, ACTION),
        )
    for row in rows:
        if said := row["reflection"]:
            Reflection.objects.create(
                **own, action=found[row["id"]], next=found.get(said["next"]), **_read(said, REFLECTION)
            )


def export_reviews(activity: Activity) -> list[dict]:
    rows = Review.objects.filter(decision__subject__activity=activity).select_related("unit")
    return [
        _said(row, REVIEW)
        | {
            "decision": str(row.decision_id),
            "theme": _key(row, "theme"),
            "unit": row.unit.name if row.unit else None,
        }
        for row in rows.order_by("held_at", "pk")
    ]


def restore_reviews(activity: Activity, rows: list, found: dict) -> None:
    """A unit is known again by its name."""
    units = (
        {unit.name: unit for unit in Unit.objects.filter(organisation=activity.organisation_id)}
        if rows
        else {}
    )
    for row in rows:
        Review.objects.create(
            organisation_id=activity.organisation_id,
            decision=found[row["decision"]],
            theme=found.get(row["theme"]),
            unit=units.get(row["unit"]),
            **_read(row, REVIEW),
        )


def export_anchoring(cycle: Cycle) -> dict:
    """Phases and steps of the cycle's initiatives, and the actions that come from no meeting."""
    here = {"initiative__cycle": cycle, "initiative__removed_at": None}
    return {
        "phases": [
            _said(row, PHASE) | {"initiative": str(row.initiative_id)}
            for row in PhaseReached.objects.filter(**here)
        ],
        "steps": [
            _said(row, STEP) | {"initiative": str(row.initiative_id)}
            for row in StepAnswer.objects.filter(**here)
        ],
        "actions": _export_actions(Q(cycle=cycle, decision=None)),
    }


def restore_anchoring(cycle: Cycle, data: dict, found: dict) -> None:
    own = {"organisation_id": cycle.organisation_id}
    for name, model, fields in (("phases", PhaseReached, PHASE), ("steps", StepAnswer, STEP)):
        for row in data[name] if data else []:
            model.objects.create(**own, initiative=found[row["initiative"]], **_read(row, fields))
    _restore_actions(cycle, data["actions"] if data else [], found)


def minutes_of_actions(activity: Activity) -> str:
    """What came of the actions, as it was written down while the meeting ran."""
    meeting = activity.meeting
    if not activity.config.get("shows_agreed") or meeting.opened_at is None:
        return ""
    during = {"written_at__gte": meeting.opened_at, "action__cycle__organisation_id": meeting.organisation_id}
    if meeting.closed_at:
        during["written_at__lte"] = meeting.closed_at
    found = Reflection.objects.filter(written_by__isnull=False, **during).select_related("action", "next")
    rows = list(found.order_by("written_at", "pk"))
    return render_to_string("followup/minutes_actions.html", {"reflections": rows}) if rows else ""


def minutes_of_reviews(activity: Activity) -> str:
    """What was written down of the choices that the group answered for."""
    if not activity.config.get("reviews"):
        return ""
    about = [s.code for s in activity.subjects.all() if is_id(s.code)]
    found = reviews.rows().filter(
        organisation_id=activity.organisation_id, pk__in=about, review__isnull=False
    )
    views = [reviews.view_of(row) for row in found.order_by("review_on", "pk")]
    return render_to_string("followup/minutes_reviews.html", {"choices": views}) if views else ""


ACTIONS = Attachment(minutes=minutes_of_actions, export=export_actions, restore=restore_actions)
REVIEWS = Attachment(minutes=minutes_of_reviews, export=export_reviews, restore=restore_reviews)
ANCHORING = Attachment(export=export_anchoring, restore=restore_anchoring)
