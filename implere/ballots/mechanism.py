"""How a ballot answers for an activity (rooms.Mechanism)."""

from django.template.loader import render_to_string

from implere.ballots import keeping, pictures, queries, spec
from implere.ballots.models import Answer
from implere.initiatives.models import Chosen
from implere.meetings.models import Activity
from implere.meetings.queries import words
from implere.rooms import Mechanism, SubjectDraft, Viewer, draw_asides
from implere.rules import floors


def panel(activity: Activity, viewer: Viewer) -> str:
    """Before the reveal, counts of who has answered; after it, the tallies."""
    revealed = queries.is_revealed(activity)
    facts = {
        "activity": activity,
        "words": words(activity),
        "config": activity.config,
        "revealed": revealed,
        "progress": queries.progress(activity),
        "surface": viewer.surface,
        "warning": floors.warning(activity.meeting.participants.count()),
    }
    if revealed:
        facts |= _shown(activity, viewer)
    return render_to_string(f"ballots/{viewer.surface}.html", facts)


def _shown(activity: Activity, viewer: Viewer) -> dict:
    tallies = queries.tallies(activity)
    asides = draw_asides(activity, viewer)
    rows = [
        {
            "tally": tally,
            "aside": asides.get(tally.subject.pk, ""),
            "headline": pictures.headline(tally),
        }
        for tally in tallies
    ]
    facts = {"rows": rows, "tallies": tallies, "placing": bool(tallies and tallies[0].onwards)}
    facts["scales"] = bool(tallies) and all(t.value.type == "scale" for t in tallies[0].tallies)
    facts["agreed"] = sum(1 for tally in tallies if tally.is_agreed)
    if activity.config.get("chooses"):
        facts["chosen"] = set(
            Chosen.objects.filter(initiative__cycle_id=activity.meeting.cycle_id).values_list(
                "initiative_id", flat=True
            )
        )
        facts["top"] = [str(t.subject.pk) for t in tallies[: activity.config["chooses"]]]
        facts["most_dots"] = max((t.dots for t in tallies), default=0)
    if activity.focus_id:
        facts |= focused(next((t for t in tallies if t.subject.pk == activity.focus_id), None), asides)
    return facts


def focused(tally, asides: dict) -> dict:
    """One subject's picture and its finding."""
    if tally is None:
        return {}
    return {
        "focus": tally,
        "sankey": pictures.sankey(tally),
        "headline": pictures.headline(tally),
        "sentences": pictures.sentences(tally),
        "pairs": pictures.pairs_sentence(tally),
        "focus_aside": asides.get(tally.subject.pk, ""),
    }


def private(activity: Activity, participant, *, typed=None, error="") -> str:
    """The participant's own answers. One subject at a time where several things are asked of each."""
    typed = typed or {}
    asked = spec.values(activity)
    subjects = list(activity.subjects.select_related("initiative"))
    if activity.mechanism == "decision":  # the room decides on one at a time
        subjects = [s for s in subjects if s.pk == activity.focus_id]
    own = queries.own_answers(activity, participant)
    revealed = queries.is_revealed(activity)
    facts = {
        "activity": activity,
        "participant": participant,
        "asked": asked,
        "error": error,
        "revealed": revealed,
        "is_open": activity.is_open,
        "warning": floors.warning(activity.meeting.participants.count()),
    }
    if any(value.type == "dots" for value in asked):
        return render_to_string("ballots/mine_dots.html", facts | _dots(activity, participant, subjects, own))
    if len(asked) > 1 and activity.config.get("rounds", 1) > 1:
        return render_to_string(
            "ballots/mine_one.html", facts | _one_at_a_time(activity, asked, subjects, own, typed)
        )
    if revealed or not activity.is_open:
        states = {s.pk: own[s.pk].values if s.pk in own else {} for s in subjects}
        return render_to_string(
            "ballots/mine_said.html", facts | {"answers": _own_rows(asked, subjects, states)}
        )
    rows = [{"subject": s, "values": _with_own(asked, own.get(s.pk), {})} for s in subjects]
    return render_to_string("ballots/mine_list.html", facts | {"rows": rows})


def _with_own(asked, answer, presets) -> list:
    said = (answer.values if answer else None) or presets
    return [{"value": value, "said": said.get(value.id, "")} for value in asked]


def _dots(activity, participant, subjects, own) -> dict:
    """Subjects in an order of this phone's own, so that the first on the list has no advantage."""
    salt = participant.pk.int if participant else 0
    ordered = sorted(subjects, key=lambda s: (s.pk.int ^ salt) % 1_000_003)
    given = {pk for pk, answer in own.items() if "1" in answer.values.values()}
    total = queries.dots_for(activity)
    rows = [{"subject": s, "given": s.pk in given} for s in ordered]
    return {"rows": rows, "left": total - len(given), "total": total, "given": len(given)}


def _one_at_a_time(activity, asked, subjects, own, typed) -> dict:
    """The subject and the value to answer now: what was asked for by a link, else the first that is not answered."""
    rounds = queries.open_rounds(activity) if activity.is_open else {}
    open_now = [s for s in subjects if s.pk in rounds]
    states = {
        s.pk: queries.presets(activity, s) | _current(own.get(s.pk), rounds.get(s.pk)) for s in subjects
    }
    todo = [s for s in open_now if any(v.id not in states[s.pk] for v in asked)]
    at = next((s for s in open_now if str(s.pk) == typed.get("at")), None) or (todo[0] if todo else None)
    facts = {
        "count": len(subjects),
        "done": len(subjects) - len(todo),
        "answers": _own_rows(asked, subjects, states),
    }
    if at is None:
        return facts
    said = states[at.pk]
    wanted = next((v for v in asked if v.id == typed.get("value")), None)
    value = wanted or next((v for v in asked if v.id not in said), asked[0])
    place = [v.id for v in asked].index(value.id)
    return facts | {
        "subject": at,
        "number": subjects.index(at) + 1,
        "value": value,
        "said": said.get(value.id, ""),
        "tabs": [{"value": v, "current": v.id == value.id, "said": v.id in said} for v in asked],
        "previous": subjects[subjects.index(at) - 1] if subjects.index(at) else None,
        "is_last": place == len(asked) - 1,
    }


def _current(answer, open_round: int | None) -> dict:
    """What was said; in a round that was opened anew one begins from nothing."""
    if answer is None or open_round not in (None, answer.round):
        return {}
    return answer.values


def _own_rows(asked, subjects, states) -> list:
    """What I said, in words, for the list at the end."""
    labels = {(v.id, o.id): o for v in asked for o in v.options}
    rows = []
    for subject in subjects:
        said = [
            {
                "label": v.label,
                "option": labels.get((v.id, states[subject.pk][v.id])),
                "raw": states[subject.pk][v.id],
            }
            for v in asked
            if v.id in states[subject.pk]
        ]
        rows.append({"subject": subject, "said": said, "done": len(said) == len(asked)})
    return rows


def subjects(activity: Activity) -> list[SubjectDraft]:
    """What the ballot was about, the best rated first once it is revealed: a later activity decides on these."""
    tallies = sorted(queries.tallies(activity), key=lambda t: -_rating(t))
    rows = [t.subject for t in tallies] or list(activity.subjects.all())
    return [SubjectDraft(s.text, s.initiative_id, s.code) for s in rows]


def _rating(tally) -> float:
    return sum(t.median or 0 for t in tally.tallies if t.value.type == "scale")


def outcomes(activity: Activity) -> dict:
    """{subject id: {"values": {value id: {"role", "n", "counts": {option id: n}, "median", "mode", "agreed"}}, "agreed": whether
    the group agrees on all that is placed, "round", "n"}}, empty until it is revealed."""
    return {tally.subject.pk: _outcome(tally) for tally in queries.tallies(activity)}


def _outcome(found: queries.SubjectTally) -> dict:
    values = {
        t.value.id: {
            "role": t.value.role,
            "n": t.n,
            "counts": {o.id: c for o, c in t.counts},
            "median": t.median,
            "mode": t.mode.id if t.mode else None,
            "agreed": t.agreed.id if t.agreed else (t.value.preset_new if queries.settles(t) else None),
        }
        for t in found.tallies
    }
    return {"values": values, "agreed": found.is_agreed, "round": found.round, "n": found.n}


def closed(activity: Activity) -> None:
    if activity.anonymous:
        Answer.objects.filter(activity=activity).update(writer="")


def progress(activity: Activity, viewer: Viewer) -> str:
    """How many have answered: the region of before the reveal, or the counts of the second rounds that are open."""
    if viewer.surface == "phone":
        return ""
    if not queries.is_revealed(activity):
        facts = {"activity": activity, "progress": queries.progress(activity)}
        return render_to_string(f"ballots/{viewer.surface}_progress.html", facts)
    if viewer.surface == "screen":
        return ""
    return render_to_string("ballots/revote_counts.html", {"counts": queries.revote_counts(activity)})


MECHANISM = Mechanism(
    panel=panel,
    private=private,
    subjects=subjects,
    outcomes=outcomes,
    closed=closed,
    progress=progress,
    shred=keeping.shred,
    minutes=keeping.minutes,
    paper=keeping.paper,
    export=keeping.export,
    restore=keeping.restore,
    sheet=keeping.sheet,
)
