"""What is known about one initiative for the advisor. A fixed number of queries."""

from dataclasses import dataclass

from implere.initiatives.models import Initiative
from implere.insight import gather
from implere.insight.gather import Choice, InitiativeFacts
from implere.insight.models import Described
from implere.method import reader


def known(initiative: Initiative) -> tuple[InitiativeFacts, dict, list[Choice]]:
    """(the initiative's medians, the advisor's points, the organisation's choices with what became of them). Five queries."""
    about = InitiativeFacts(
        initiative.pk, initiative.title, True, True, bool(initiative.owner), bool(initiative.seen_by)
    )
    gather.characteristics(initiative.organisation, {initiative.pk: about}, only=initiative)
    return about, gather.weights(initiative.organisation), gather.reviewed(initiative.organisation)


@dataclass(frozen=True)
class Answered:
    """A characteristic of the initiative: what was typed, and the median where there was a ballot."""

    id: str
    text: str
    ground: str
    typed: int | None
    median: float | None
    is_split: bool


def answered(initiative: Initiative, about: InitiativeFacts) -> list[Answered]:
    """One query."""
    typed = dict(Described.objects.filter(initiative=initiative).values_list("characteristic", "value"))
    return [
        Answered(
            each.id,
            str(each.text),
            str(each.ground),
            typed.get(each.id),
            about.medians.get(each.id),
            each.id in about.split,
        )
        for each in reader.load().advisor.characteristics
    ]
