"""Every change to what initiatives ask of the units, what the units have, and who knows what."""

from implere.initiatives.models import Initiative
from implere.live.commands import write
from implere.organisation.models import Organisation, Unit
from implere.practice.models import Asked, Hours, Knowing, Knowledge, Need, Size


def save_need(initiative: Initiative, need: Need | None, **fields) -> Need:
    """What the initiative asks of a unit each month; hours None and no size: nobody knows."""
    with write():
        need = need or Need(organisation_id=initiative.organisation_id, initiative=initiative)
        for name, value in fields.items():
            setattr(need, name, value)
        need.save()
    return need


def remove_need(need: Need) -> None:
    with write():
        need.delete()


def set_hours(unit: Unit, *, starts_on, hours: int | None) -> Hours:
    """The hours a month that the unit has from then on. Said again for the same month, it is a correction."""
    with write(f"unit/{unit.pk}"):
        return Hours.objects.update_or_create(
            unit=unit,
            starts_on=starts_on,
            defaults={"organisation_id": unit.organisation_id, "hours": hours},
        )[0]


def mean_by_size(organisation: Organisation, code: str, *, hours: int, words: str = "") -> None:
    """The organisation's own meaning of a size."""
    with write(f"organisation/{organisation.pk}"):
        Size.objects.update_or_create(
            organisation=organisation, code=code, defaults={"hours": hours, "words": words.strip()[:120]}
        )


def ask_for_knowledge(initiative: Initiative, unit: Unit, title: str, *, help_from: str = "") -> Asked:
    """The initiative needs the unit to know something; the same name, however written in capitals, is the same knowledge."""
    with write(f"organisation/{initiative.organisation_id}"):
        own = {"organisation_id": initiative.organisation_id}
        title = title.strip()[:120]
        known = {k.title.casefold(): k for k in Knowledge.objects.filter(**own)}
        knowledge = known.get(title.casefold()) or Knowledge.objects.create(title=title, **own)
        return Asked.objects.update_or_create(
            initiative=initiative,
            unit=unit,
            knowledge=knowledge,
            defaults=own | {"help_from": help_from.strip()[:200]},
        )[0]


def drop_knowledge(asked: Asked) -> None:
    """The initiative does not need it after all; what units know is kept."""
    with write():
        asked.delete()


def say_knowing(unit: Unit, knowledge: Knowledge, level: str) -> Knowing:
    with write(f"organisation/{unit.organisation_id}"):
        return Knowing.objects.update_or_create(
            unit=unit,
            knowledge=knowledge,
            defaults={"organisation_id": unit.organisation_id, "level": level},
        )[0]
