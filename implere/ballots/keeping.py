"""What is kept of a ballot: in the minutes, in the workbook, in the exchange file; and what is cut when the meeting closes."""

import random
import uuid

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from implere.ballots import queries, spec
from implere.ballots.models import Answer, Reveal, Revote
from implere.meetings.models import Activity, Meeting

BLANK_LINES = 8


def shred(meeting: Meeting) -> None:
    """Writes the answers of the anonymous ballots anew, all of them shuffled among each other with fresh keys, so that no
    order tells that two answers are one person's."""
    rows = list(Answer.objects.filter(activity__meeting=meeting, activity__anonymous=True))
    random.SystemRandom().shuffle(rows)
    Answer.objects.filter(activity__meeting=meeting, activity__anonymous=True).delete()
    fresh = [
        Answer(
            pk=uuid.uuid4(),
            organisation_id=row.organisation_id,
            activity_id=row.activity_id,
            subject_id=row.subject_id,
            round=row.round,
            values=dict(sorted(row.values.items())),
        )
        for row in rows
    ]
    Answer.objects.bulk_create(fresh)


def minutes(activity: Activity) -> str:
    tallies = queries.tallies(activity)
    if not tallies:
        return ""
    placing = bool(tallies[0].onwards)
    return render_to_string(
        "ballots/minutes.html", {"activity": activity, "tallies": tallies, "placing": placing}
    )


def paper(activity: Activity) -> str:
    """A ballot to fill in by hand: what it is about, or empty lines where that is not known yet, and boxes for the answers."""
    subjects = [subject.text for subject in activity.subjects.all()] or [""] * BLANK_LINES
    return render_to_string(
        "ballots/paper_sheet.html", {"subjects": subjects, "asked": spec.values(activity)}
    )


def sheet(activity: Activity):
    """A row for each subject and value: counts of each answer, the median, agreement. Only what was revealed."""
    rows = []
    for tally in queries.tallies(activity):
        for each in tally.tallies:
            counts = ", ".join(
                f"{option.label}: {count}" for option, count in (*each.counts, *each.unsure) if count
            )
            numbers = (
                ", ".join(str(n) for n in each.numbers)
                if each.value.type != "dots"
                else str(sum(each.numbers))
            )
            agreed = each.agreed.label if each.agreed else ""
            rows.append(
                [
                    tally.subject.text,
                    each.value.label,
                    tally.round,
                    each.n,
                    counts or numbers,
                    each.median,
                    agreed,
                ]
            )
    header = [_("About"), _("Question"), _("Round"), _("Answers"), _("Counts"), _("Median"), _("Agreed on")]
    return (header, rows) if rows else None


def export(activity: Activity) -> dict:
    """The answers of the rounds that were revealed, in no order; and what was revealed."""
    revealed = queries.is_revealed(activity)
    second = set(Reveal.objects.filter(activity=activity, round=2).values_list("subject_id", flat=True))
    rows = Answer.objects.filter(activity=activity) if revealed else Answer.objects.none()
    answers = [
        {"subject": str(row.subject_id), "round": row.round, "values": dict(sorted(row.values.items()))}
        for row in rows
        if row.round == 1 or row.subject_id in second
    ]
    return {
        "answers": sorted(answers, key=lambda a: (a["subject"], a["round"], str(a["values"]))),
        "revealed": revealed,
        "revotes": sorted(
            str(pk)
            for pk in Revote.objects.filter(subject__activity=activity).values_list("subject_id", flat=True)
        ),
        "revealed_again": sorted(str(pk) for pk in second),
    }


def restore(activity: Activity, data: dict, found: dict) -> None:
    own = {"organisation_id": activity.organisation_id}
    for row in data["answers"]:
        Answer.objects.create(
            **own, activity=activity, subject=found[row["subject"]], round=row["round"], values=row["values"]
        )
    if data["revealed"]:
        Reveal.objects.create(**own, activity=activity, round=1)
    for key in data["revotes"]:
        Revote.objects.create(**own, subject=found[key])
    for key in data["revealed_again"]:
        Reveal.objects.create(**own, activity=activity, subject=found[key], round=2)
