"""Forgetting an owner who has left: the name and the address go, what was done and learnt is kept."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from implere.decisions.models import Decision
from implere.followup.models import Action, Mail, Reflection, Review, StepAnswer
from implere.initiatives.models import Initiative
from implere.live.commands import write
from implere.meetings.errors import Refused

# where an owner stands by name: model, field, what a receipt calls it
NAMED = (
    (Action, "owner", gettext_lazy("Actions")),
    (Decision, "owner", gettext_lazy("Next steps")),
    (Initiative, "owner", gettext_lazy("Initiatives")),
    (StepAnswer, "responsible", gettext_lazy("Steps of a framework")),
)
# texts in which a name may stand: nobody but a reader can take it out with care
WRITTEN = (
    (Action, ("what", "effect")),
    (Reflection, ("happened", "works", "adjust", "stopped_because")),
    (Review, ("seen", "learning", "takes_along")),
    (StepAnswer, ("reason", "answer", "evidence")),
    (Decision, ("what", "effect", "seen_by", "reasons", "resources", "alternatives", "help_from", "details")),
    (Initiative, ("title", "description", "seen_by")),
)
SHORTEST = 3
MOST = 30
BETWEEN = " / "  # the owners of an initiative that came with a list


@dataclass(frozen=True)
class Receipt:
    """What was found, or is forgotten now: (what, how many), and the beginnings of texts that name the person."""

    at: object
    counts: list[tuple[object, int]] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(count for _what, count in self.counts)


def look_for(organisation, who: str) -> Receipt:
    """Where somebody stands by name or address. Changes nothing."""
    who = _checked(who)
    counts = [(what, len(_rows(model, name, organisation, who))) for model, name, what in NAMED]
    addresses = Action.objects.filter(organisation=organisation, mail__iexact=who).count()
    mails = Mail.objects.filter(organisation=organisation, to__iexact=who).count()
    counts += [(_("Addresses beside an action"), addresses), (_("Mails that were sent"), mails)]
    return Receipt(
        timezone.now(), [(what, count) for what, count in counts if count], _mentioned(organisation, who)
    )


def forget_owner(organisation, who: str) -> Receipt:
    """Takes somebody's name and address away wherever they stand as an owner; returns the receipt. Links that were sent lead nowhere
    any more."""
    who = _checked(who)
    with write():
        receipt = look_for(organisation, who)
        with translation.override(organisation.language):
            nobody = _("somebody who has left")
        theirs = Action.objects.filter(organisation=organisation).filter(
            Q(owner__iexact=who) | Q(mail__iexact=who)
        )
        theirs.filter(mail__iexact=who).update(owner=nobody)
        theirs.update(mail="")
        for model, name, _what in NAMED:
            for row in _rows(model, name, organisation, who):
                kept = [nobody if part.casefold() == who.casefold() else part for part in _parts(row, name)]
                model.objects.filter(pk=row.pk).update(**{name: BETWEEN.join(kept)})
        Mail.objects.filter(organisation=organisation, to__iexact=who).delete()
    return receipt


def _checked(who: str) -> str:
    who = " ".join(who.split())
    if len(who) < SHORTEST:
        raise Refused("missing_owner")
    return who


def _parts(row, name: str) -> list[str]:
    return getattr(row, name).split(BETWEEN)


def _rows(model, name: str, organisation, who: str) -> list:
    """The rows where one of the owners is this one, whole; a part of a name is another name."""
    found = model.objects.filter(organisation=organisation, **{f"{name}__icontains": who}).only("pk", name)
    return [row for row in found if who.casefold() in {part.casefold() for part in _parts(row, name)}]


def _mentioned(organisation, who: str) -> list[str]:
    found: list[str] = []
    for model, names in WRITTEN:
        where = Q()
        for name in names:
            where |= Q(**{f"{name}__icontains": who})
        for row in model.objects.filter(where, organisation=organisation)[:MOST]:
            texts = (getattr(row, name) for name in names)
            found += [text[:120] for text in texts if who.casefold() in text.casefold()]
    return found[:MOST]
