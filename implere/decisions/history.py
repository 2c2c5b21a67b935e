"""What had been settled after an earlier step: today's decisions in memory, with the steps since then taken back."""

from django.template.loader import render_to_string

from implere.decisions.models import Decision
from implere.meetings.changes import Past
from implere.meetings.models import Activity
from implere.method import reader
from implere.rooms import History


def suits(activity: Activity) -> bool:
    return activity.mechanism == "decision" or bool(activity.config.get("settles"))


def read(activity: Activity) -> Past | None:
    """The decisions as they are now; None where nothing has been settled. One query."""
    rows = list(Decision.objects.filter(subject__activity=activity)) if suits(activity) else []
    return Past(rows) if rows else None


def standing_then(past: Past) -> dict:
    """{subject id: the decision that stood}."""
    return {row.subject_id: row for row in past.of(Decision) if row.reopened_at is None}


def draw(activity: Activity, past: Past) -> str:
    stood = standing_then(past)
    names = {approach.id: approach for approach in reader.load().approaches}
    rows = [
        {
            "text": subject.text,
            "decision": (decision := stood.get(subject.pk)),
            "today": names.get(decision.today) if decision else None,
            "onwards": names.get(decision.onwards) if decision else None,
        }
        for subject in activity.subjects.all()
    ]
    return render_to_string("decisions/history.html", {"rows": rows})


HISTORY = History(suits=suits, read=read, draw=draw)
