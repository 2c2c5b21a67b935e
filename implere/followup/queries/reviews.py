"""Choices against what was expected. A fixed number of queries."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from implere.decisions.models import Decision
from implere.followup.models import Review
from implere.initiatives.models import Cycle
from implere.method import reader

MOST = 200


@dataclass(frozen=True)
class Cell:
    """One of the four: was the choice right with what was known then, and with what is known now. Each asks for a learning of its own."""

    id: str
    right_then: bool
    right_now: bool
    title: object
    question: object


CELLS = (
    Cell(
        "right-right", True, True, gettext_lazy("Right then, right now"),
        gettext_lazy("The ground was good, and it held. What shall we keep doing?"),
    ),
    Cell(
        "right-wrong", True, False, gettext_lazy("Right then, wrong now"),
        gettext_lazy("We chose well from what we knew. What did we not know?"),
    ),
    Cell(
        "wrong-right", False, True, gettext_lazy("Wrong then, right now"),
        gettext_lazy("It went well on thin ground. What was luck?"),
    ),
    Cell(
        "wrong-wrong", False, False, gettext_lazy("Wrong then, wrong now"),
        gettext_lazy("What could we have seen already then, and what made us not see it?"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class ChoiceView:
    """A decision as a review meets it: what was chosen, what was expected, how sure; and its review, if it has been held."""

    row: Decision
    title: str
    expected: str
    seen_by: str
    sure: int | None
    approach: object
    review: Review | None
    cell: Cell | None
    phase: object

    @property
    def is_placement(self) -> bool:
        return bool(self.row.onwards)


@dataclass(frozen=True)
class ReviewList:
    """Choices whose day has come, those to come, those that were reviewed; `finding` is the headline."""

    due: list[ChoiceView]
    coming: list[ChoiceView]
    held: list[ChoiceView]
    finding: str
    tag: str = ""


def view_of(decision: Decision) -> ChoiceView:
    """No query, where review, initiative and subject are there already."""
    method = reader.load()
    review = getattr(decision, "review", None)
    initiative = decision.initiative
    approach = method.approach(review.approach if review else decision.onwards)
    return ChoiceView(
        row=decision,
        title=decision.what or (initiative.title if initiative else decision.subject.text),
        expected=decision.effect,
        seen_by=decision.seen_by or (initiative.seen_by if initiative and decision.onwards else ""),
        sure=decision.probability if decision.probability is not None else decision.stated,
        approach=approach,
        review=review,
        cell=_cell(review),
        phase=next((p for p in method.phases if review and p.id == review.phase), None),
    )


def _cell(review: Review | None) -> Cell | None:
    if review is None or review.right_then is None:
        return None
    return next(c for c in CELLS if (c.right_then, c.right_now) == (review.right_then, review.right_now))


def rows():
    """The decisions that stand, with what a view needs."""
    return Decision.objects.filter(reopened_at=None, review_on__isnull=False).select_related(
        "initiative__theme", "subject", "review__theme", "review__unit"
    )


# what a learning is tagged with: the name in an address -> where it stands
TAGS = {
    "approach": "review__approach", "theme": "review__theme__title", "phase": "review__phase", "unit": "review__unit__name",
}  # fmt: skip


def of_cycle(cycle: Cycle, tags: dict | None = None) -> ReviewList:
    return _listed(rows().filter(subject__activity__meeting__cycle=cycle), tags)


def of_organisation(organisation, tags: dict | None = None) -> ReviewList:
    return _listed(rows().filter(organisation=organisation), tags)


def _listed(found, tags: dict | None) -> ReviewList:
    """Three queries. With tags ({"theme": its title}), what was learnt is that of these alone."""
    asked = {TAGS[name]: value for name, value in (tags or {}).items() if name in TAGS and value}
    today = timezone.localdate()
    due = found.filter(review=None, review_on__lte=today).order_by("review_on", "pk")[:MOST]
    coming = found.filter(review=None, review_on__gt=today).order_by("review_on", "pk")[:MOST]
    held = [
        view_of(row)
        for row in found.filter(review__isnull=False, **asked).order_by("-review__held_at")[:MOST]
    ]
    return ReviewList([view_of(row) for row in due], [view_of(row) for row in coming], held, _finding(held))


def _tag_words(asked: dict) -> str:
    """The tags as a reader names them."""
    method = reader.load()
    names = {a.id: str(a.name) for a in method.approaches} | {p.id: str(p.text) for p in method.phases}
    return " · ".join(names.get(value, value) for value in asked.values())


def _finding(held: list[ChoiceView]) -> str:
    """What the reviews say together, counted; "" for none."""
    judged = [view for view in held if view.review.outcome != Review.Outcome.DROPPED]
    if not judged:
        return ""
    came = sum(1 for view in judged if view.review.outcome == Review.Outcome.CAME)
    return _("The effect came in %(came)d of %(all)d choices") % {"came": came, "all": len(judged)}


def due(organisation_id, most: int = 12) -> list[ChoiceView]:
    """The choices that a meeting may answer for: their day has come, and nobody has reviewed them. One query."""
    today = timezone.localdate()
    found = rows().filter(organisation_id=organisation_id, review=None, review_on__lte=today)
    return [view_of(row) for row in found.order_by("review_on", "pk")[:most]]
