"""How a decision answers for an activity (rooms.Mechanism); what decisions add to a ballot's subjects; the map."""

from django.forms.models import model_to_dict
from django.template.loader import render_to_string
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from implere import rooms
from implere.decisions import queries, rules
from implere.decisions.models import Decision
from implere.meetings.models import Activity, Subject
from implere.meetings.queries import words
from implere.method import reader
from implere.rooms import Mechanism, SubjectDraft, Viewer

KEPT = (
    "today", "onwards", "reasons", "resources", "what", "owner", "due_raw", "due_on", "effect", "seen_by", "stated", "probability",
    "overruled_because", "alternatives", "help_from", "details", "confirmed_at", "review_on", "settled_at", "reopened_at",
)  # fmt: skip


def panel(activity: Activity, viewer: Viewer) -> str:
    """The proposals, the one that is decided on now, and what was settled."""
    decided = queries.standing(activity)
    subject = activity.focus
    outcome = rules.outcomes(activity).get(subject.pk) if subject else None
    facts = {
        "activity": activity,
        "words": words(activity),
        "subjects": [{"row": s, "decision": decided.get(s.pk)} for s in activity.subjects.all()],
        "subject": subject,
        "decision": decided.get(subject.pk) if subject else None,
        "stated": rules.median_forecast(outcome),
        "revealed": outcome is not None,
        "progress": progress(activity, viewer),
        "surface": viewer.surface,
    }
    # what earlier choices say comes after everybody's own answer
    if subject and (facts["revealed"] or facts["decision"]):
        facts["aside"] = rooms.draw_asides(activity, viewer).get(subject.pk, "")
    return render_to_string(f"decisions/{viewer.surface}.html", facts)


def private(activity: Activity, participant, *, typed=None, error="") -> str:
    """Each phone's private probability on the proposal that is decided on now, until it is settled."""
    if activity.focus is None or (activity.focus_id in queries.standing(activity) and not error):
        return ""
    return rooms.mechanisms["ballot"].private(activity, participant, typed=typed, error=error)


def progress(activity: Activity, viewer: Viewer) -> str:
    """How many have said how sure they are, on the desk; nothing where nothing is decided on, or it is shown."""
    if viewer.surface != "desk" or activity.focus is None or rules.outcomes(activity):
        return ""
    said, of = rules.how_many_said(activity, activity.focus)
    return render_to_string("decisions/progress.html", {"said": said, "of": of})


def asides(activity: Activity, viewer: Viewer) -> dict:
    """What stands for each subject of a placement, and on the desk the form that settles it. A fixed number of queries."""
    if not activity.config.get("settles"):
        return {}
    outcomes, decided = rooms.mechanism_of(activity).outcomes(activity), queries.standing(activity)
    return {
        subject.pk: _aside(activity, subject, viewer, outcomes.get(subject.pk), decided.get(subject.pk))
        for subject in activity.subjects.all()
    }


def _aside(
    activity, subject: Subject, viewer: Viewer, outcome: dict | None, decision: Decision | None
) -> str:
    said = {f["role"]: f["agreed"] or f["mode"] for f in outcome["values"].values()} if outcome else {}
    possible = rules.possible_placements(activity)
    names = {a.id: a for a in reader.load().approaches}
    facts = {
        "activity": activity,
        "subject": subject,
        "decision": decision,
        "surface": viewer.surface,
        "today": [(id, names[id].name if id in names else _("Not begun")) for id in possible["today"]],
        "onwards": [(id, names[id].name) for id in possible["onwards"]],
        "preset_today": decision.today if decision else said.get("today"),
        "preset_onwards": decision.onwards if decision else said.get("onwards"),
        "names": {"today": names.get(decision.today), "onwards": names.get(decision.onwards)}
        if decision
        else {},
    }
    return render_to_string("decisions/aside.html", facts)


def draw_map(activity: Activity, viewer: Viewer) -> str:
    return render_to_string(
        "decisions/map_screen.html",
        {"map": queries.map_of_activity(activity), "words": words(activity), "activity": activity},
    )


def subjects(activity: Activity) -> list[SubjectDraft]:
    return [SubjectDraft(d.what, d.initiative_id) for d in queries.standing(activity).values()]


def closed(activity: Activity) -> None:
    rooms.mechanisms["ballot"].closed(activity)


def minutes(activity: Activity) -> str:
    decided = [d for d in queries.standing(activity).values() if d.what]
    return render_to_string("decisions/minutes.html", {"decisions": decided}) if decided else ""


def sheet(activity: Activity):
    rows = [
        [
            d.what,
            d.owner,
            d.due_on,
            d.effect,
            d.seen_by,
            d.probability,
            d.stated,
            d.overruled_because,
            d.review_on,
            d.alternatives,
            d.help_from,
            d.details,
        ]
        for d in queries.standing(activity).values()
        if d.what
    ]
    header = [
        _("What"), _("Who"), _("When"), _("Effect in daily practice"), _("Seen by"), _("Sure (%)"), _("The group's median (%)"),
        _("Overruled because"), _("Review"), _("Turned down"), _("Help from"), _("Details"),
    ]  # fmt: skip
    return (header, rows) if rows else None


def export(activity: Activity) -> dict:
    """The room's private answers; the decisions themselves are attached, as they are to a ballot's activity."""
    return rooms.mechanisms["ballot"].export(activity)


def export_decisions(activity: Activity) -> list[dict]:
    rows = Decision.objects.filter(subject__activity=activity).order_by("settled_at", "pk")
    return [
        {
            "id": str(row.pk),
            "subject": str(row.subject_id),
            "initiative": str(row.initiative_id) if row.initiative_id else None,
        }
        | {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in model_to_dict(row, KEPT).items()}
        for row in rows
    ]


def restore(activity: Activity, data: dict, found: dict) -> None:
    rooms.mechanisms["ballot"].restore(activity, data, found)


def restore_decisions(activity: Activity, rows: list, found: dict) -> None:
    for row in rows:
        values = {name: _parsed(name, row[name]) for name in KEPT}
        made = Decision.objects.create(
            organisation_id=activity.organisation_id,
            subject=found[row["subject"]],
            initiative=found.get(row["initiative"]),
            **values,
        )
        found[row.get("id", "")] = made  # what followed from it points to it


def _parsed(name: str, value):
    if isinstance(value, str) and name.endswith("_at"):
        return parse_datetime(value)
    return parse_date(value) if isinstance(value, str) and name.endswith("_on") else value


MECHANISM = Mechanism(
    panel=panel,
    private=private,
    subjects=subjects,
    outcomes=rules.outcomes,
    closed=closed,
    progress=progress,
    minutes=minutes,
    export=export,
    restore=restore,
    sheet=sheet,
)


def placements_in_minutes(activity: Activity) -> str:
    """What a placement's minutes say of what was settled."""
    if not activity.config.get("settles"):
        return ""
    return render_to_string(
        "decisions/map_minutes.html",
        {"map": queries.map_of_activity(activity), "decisions": queries.standing(activity).values()},
    )


ATTACHMENT = rooms.Attachment(
    minutes=placements_in_minutes, export=export_decisions, restore=restore_decisions
)
