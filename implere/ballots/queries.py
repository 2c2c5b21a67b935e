"""What a ballot shows: one's own answers, how many have answered, and, once revealed, the tallies. A fixed number of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Q

from implere.ballots import spec
from implere.ballots.models import Answer, Reveal, Revote
from implere.initiatives.models import Initiative
from implere.meetings import anonymity
from implere.meetings.models import Activity, Subject
from implere.rules import agreement, dots


@dataclass(frozen=True)
class Tally:
    """The answers about one value of one subject: counts of the real answers in the options' order, those who did not know
    apart."""

    value: spec.Value
    counts: tuple[tuple[spec.Option, int], ...]
    unsure: tuple[tuple[spec.Option, int], ...]
    numbers: tuple[int, ...] = ()

    @property
    def n(self) -> int:
        return sum(count for _option, count in self.counts) if self.counts else len(self.numbers)

    @property
    def parts(self) -> list[tuple[int, int]]:
        return [(option.slot, count) for option, count in self.counts]

    @property
    def median(self):
        if self.value.type == "probability":
            return agreement.median_in_tens(self.numbers)
        return agreement.median(self.numbers)

    @property
    def mode(self) -> spec.Option | None:
        """The one largest answer; None where two are alike or nobody answered."""
        top = agreement.modes([count for _option, count in self.counts])
        return self.counts[top[0]][0] if len(top) == 1 else None

    @property
    def agreed(self) -> spec.Option | None:
        place = agreement.settled([count for _option, count in self.counts])
        return None if place is None else self.counts[place][0]

    @property
    def pairs(self) -> float | None:
        return agreement.pairs_alike([count for _option, count in self.counts])


@dataclass(frozen=True)
class SubjectTally:
    """All that was said about a subject in its latest revealed round; `first` is the round before a revote."""

    subject: Subject
    round: int
    n: int
    tallies: tuple[Tally, ...]
    pairs: tuple[tuple[str, str], ...]
    first: "SubjectTally | None" = None
    revote_open: bool = False
    revote_answers: int = 0

    def of(self, role: str) -> Tally | None:
        return next((tally for tally in self.tallies if tally.value.role == role), None)

    @property
    def today(self):
        return self.of("today")

    @property
    def onwards(self):
        return self.of("onwards")

    @property
    def forecast(self):
        return self.of("forecast")

    @property
    def is_agreed(self) -> bool:
        placed = [t for t in (self.today, self.onwards) if t]
        return bool(placed) and all(settles(t) for t in placed)

    @property
    def division(self) -> float:
        """0 all alike, 1 most divided: what is talked through first."""
        measures = [1 - t.pairs for t in (self.onwards, self.today) if t and t.pairs is not None]
        return max(measures, default=0.0)

    @property
    def dots(self) -> int:
        return sum(number for tally in self.tallies if tally.value.type == "dots" for number in tally.numbers)


def settles(tally: "Tally") -> bool:
    """Agreed on an approach, or, for what is not begun, agreed on that."""
    if tally.agreed:
        return True
    everything = [count for _option, count in (*tally.counts, *tally.unsure)]
    place = agreement.settled(everything)
    return (
        place is not None
        and place >= len(tally.counts)
        and tally.unsure[place - len(tally.counts)][0].id == tally.value.preset_new
    )


def is_revealed(activity: Activity) -> bool:
    return Reveal.objects.filter(activity=activity, subject=None, round=1).exists()


def open_rounds(activity: Activity) -> dict:
    """{subject id: the round that takes answers now}: the first until it is revealed, then only a second that was opened.
    Two or three queries."""
    shown = set(Reveal.objects.filter(activity=activity).values_list("subject_id", "round"))
    if (None, 1) not in shown:
        return dict.fromkeys(activity.subjects.values_list("pk", flat=True), 1)
    revotes = Revote.objects.filter(subject__activity=activity).values_list("subject_id", flat=True)
    return {pk: 2 for pk in revotes if (pk, 2) not in shown}


def is_complete(activity: Activity, said: dict) -> bool:
    """Whether an answer says all that is asked."""
    return all(row["id"] in said for row in activity.config.get("values", []))


def presets(activity: Activity, subject: Subject) -> dict[str, str]:
    """{value id: answer} that a subject begins with, by its initiative's status."""
    wanted = {
        row["id"]: row["preset_new"] for row in activity.config.get("values", []) if row.get("preset_new")
    }
    if not wanted or subject.initiative_id is None or subject.initiative.status != Initiative.Status.NEW:
        return {}
    return wanted


def own_answers(activity: Activity, participant) -> dict:
    """{subject id: Answer}: the participant's own, of the round that is open or was last."""
    if participant is None:
        return {}
    asked = Q(round=1) | Q(subject__revote__isnull=False)  # a second round may have been taken back
    rows = Answer.objects.filter(asked, activity=activity).order_by("round")
    if not activity.anonymous:
        return {row.subject_id: row for row in rows.filter(participant=participant)}
    tag = anonymity.tagger(activity)
    ids = list(activity.subjects.values_list("pk", flat=True))
    tags = [t for pk in ids for round_ in (1, 2) if (t := tag(participant, f"{pk}/{round_}"))]
    return {row.subject_id: row for row in rows.filter(writer__in=tags)}


def people_who_answered(activity: Activity, subject: Subject | None, round_: int) -> int:
    """How many people have answered anything in the round. While the activity is open its key can tell; afterwards, the most that
    any one subject has, since nobody can be counted across subjects."""
    rows = Answer.objects.filter(activity=activity, round=round_)
    rows = list((rows.filter(subject=subject) if subject else rows).values_list("subject_id", "writer"))
    tag = anonymity.tagger(activity)
    tags, subjects = {writer for _pk, writer in rows if writer}, {pk for pk, _writer in rows}
    people = sum(
        1
        for person in activity.meeting.participants.all()
        if any(tag(person, f"{pk}/{round_}") in tags for pk in subjects)
    )
    return people or max(Counter(pk for pk, _writer in rows).values(), default=0)


@dataclass(frozen=True)
class Progress:
    """How many have answered each subject in full, and all of them."""

    subjects: tuple[tuple[Subject, int], ...]
    of: int

    @property
    def done(self) -> int:
        return min((count for _subject, count in self.subjects), default=0)

    @property
    def begun(self) -> int:
        return max((count for _subject, count in self.subjects), default=0)


def progress(activity: Activity) -> Progress:
    """Counts alone, never what was said. Three queries."""
    counts = Counter(
        subject_id
        for subject_id, said in Answer.objects.filter(activity=activity, round=1).values_list(
            "subject_id", "values"
        )
        if is_complete(activity, said)
    )
    subjects = tuple((s, counts[s.pk]) for s in activity.subjects.all())
    joined = activity.meeting.participants.count()
    here = activity.meeting.participants.filter(here=True).count()
    return Progress(subjects, max(here, min(joined, max(counts.values(), default=0))))


def tallies(activity: Activity) -> list[SubjectTally]:
    """Every subject's tally, the most divided first (dots: the most first). Empty until revealed. Six queries."""
    if not is_revealed(activity):
        return []
    asked = spec.values(activity)
    said = defaultdict(list)
    for subject_id, round_, values in Answer.objects.filter(activity=activity).values_list(
        "subject_id", "round", "values"
    ):
        said[subject_id, round_].append(values)
    shown = set(Reveal.objects.filter(activity=activity, round=2).values_list("subject_id", flat=True))
    revotes = set(Revote.objects.filter(subject__activity=activity).values_list("subject_id", flat=True))
    found = [
        _subject_tally(s, asked, said, shown, revotes) for s in activity.subjects.select_related("initiative")
    ]
    return sorted(found, key=lambda t: (-t.division, -t.dots, t.subject.position))


def _subject_tally(subject, asked, said, shown, revotes) -> SubjectTally:
    first = _round(subject, asked, said[subject.pk, 1], 1)
    if subject.pk in shown:
        return _round(subject, asked, said[subject.pk, 2], 2, first=first)
    if subject.pk in revotes:
        return _round(
            subject,
            asked,
            said[subject.pk, 1],
            1,
            revote_open=True,
            revote_answers=sum(1 for a in said[subject.pk, 2] if all(v.id in a for v in asked)),
        )
    return first


def _round(subject, asked, answers, round_, **more) -> SubjectTally:
    tallies = tuple(_tally(value, [a[value.id] for a in answers if value.id in a]) for value in asked)
    today, onwards = spec.by_role(asked, "today"), spec.by_role(asked, "onwards")
    pairs = (
        tuple((a[today.id], a[onwards.id]) for a in answers if today.id in a and onwards.id in a)
        if today and onwards
        else ()
    )
    return SubjectTally(subject, round_, len(answers), tallies, pairs, **more)


def _tally(value: spec.Value, said: list[str]) -> Tally:
    counts = Counter(said)
    if value.type in ("probability", "dots"):
        return Tally(value, (), (), tuple(sorted(int(s) for s in said)))
    numbers = tuple(sorted(int(s) for s in said if s.isdigit())) if value.type == "scale" else ()
    return Tally(
        value,
        tuple((option, counts[option.id]) for option in value.main),
        tuple((option, counts[option.id]) for option in value.rest),
        numbers,
    )


def revote_counts(activity: Activity) -> list[tuple]:
    """(subject id, how many have answered) of the second rounds that are open. Two queries."""
    rows = Answer.objects.filter(activity=activity, round=2).values_list("subject_id", "values")
    counts = Counter(subject_id for subject_id, said in rows if is_complete(activity, said))
    rows = Revote.objects.filter(subject__activity=activity).exclude(subject__reveals__round=2)
    return [(pk, counts[pk]) for pk in rows.values_list("subject_id", flat=True)]


def dots_for(activity: Activity) -> int:
    """How many dots each has."""
    return dots.dots(activity.subjects.count())
