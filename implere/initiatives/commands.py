"""Every change to cycles, themes and initiatives; bringing a list in."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from implere.initiatives.bringing.preview import Preview, Row
from implere.initiatives.models import BroughtList, Cycle, Initiative, PendingList, Theme
from implere.live.commands import write

# what a list's status words mean here
STATUSES = {
    "running": Initiative.Status.RUNNING,
    "not_started": Initiative.Status.NEW,
    "paused": Initiative.Status.PAUSED,
    "completed": Initiative.Status.COMPLETED,
}


@dataclass(frozen=True)
class Choices:
    """What the reader decided: the sheets (None: all), whether loose dates are taken as proposed, what unknown status words mean
    ({word: a status}), which repeated rows are kept as their own ({(sheet, row)}), and which rows are left out."""

    sheets: frozenset | None = None
    take_proposed_dates: bool = True
    statuses: dict = field(default_factory=dict)
    keep_repeats: frozenset = frozenset()
    leave_out: frozenset = frozenset()


def make_cycle(organisation, *, name, purpose="", starts_on, ends_on) -> Cycle:
    with write():
        return Cycle.objects.create(
            organisation=organisation, name=name, purpose=purpose, starts_on=starts_on, ends_on=ends_on
        )


def keep_pending(cycle: Cycle, user, name: str, data: bytes) -> PendingList:
    """Keeps an uploaded list until it is accepted; older ones go."""
    with write():
        PendingList.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
        return PendingList.objects.create(
            organisation_id=cycle.organisation_id, cycle=cycle, user=user, name=name[:200], data=data
        )


def bring(
    cycle: Cycle, preview: Preview, *, name: str, by=None, choices: Choices | None = None
) -> BroughtList:
    """Brings the rows in. A row that was brought before, from this file or another, makes no second initiative; departments
    become themes. Returns the list, which can be undone."""
    choices = choices or Choices()
    with write():
        brought = BroughtList.objects.create(
            organisation_id=cycle.organisation_id,
            cycle=cycle,
            name=name[:200],
            report=list(preview.report),
            accepted_by=by,
        )
        known = set(cycle.initiatives.filter(removed_at=None).values_list("fingerprint", flat=True))
        position = cycle.initiatives.aggregate(last=Max("position"))["last"] or 0
        themes = {theme.title.casefold(): theme for theme in cycle.themes.all()}
        for sheet in preview.sheets:
            if choices.sheets is not None and sheet.name not in choices.sheets:
                continue
            for row in sheet.rows:
                fingerprint = _fingerprint(row, sheet.name, choices)
                if fingerprint is None or fingerprint in known:
                    continue
                known.add(fingerprint)
                position += 1
                _bring_row(
                    cycle, brought, row, fingerprint, position, _theme(cycle, row.department, themes), choices
                )
    return brought


def _fingerprint(row: Row, sheet: str, choices: Choices) -> str | None:
    """The row's own; None where it is left out. A repeated row that is kept has one of its own."""
    if (sheet, row.number) in choices.leave_out:
        return None
    if row.repeats and (sheet, row.number) not in choices.keep_repeats:
        return None
    return f"{row.fingerprint[:60]}r{row.number % 1000:03}" if row.repeats else row.fingerprint


def _theme(cycle: Cycle, department: str | None, themes: dict) -> Theme | None:
    if not department:
        return None
    key = department[:120].casefold()
    if key not in themes:
        themes[key] = Theme.objects.create(
            organisation_id=cycle.organisation_id,
            cycle=cycle,
            title=department[:120],
            position=len(themes) + 1,
        )
    return themes[key]


def _bring_row(cycle, brought, row: Row, fingerprint, position, theme, choices: Choices) -> None:
    def days(when):
        taken = not when.ask or choices.take_proposed_dates
        return (when.start, when.end) if taken else (None, None)

    status = row.status or choices.statuses.get(row.status_raw or "", "")
    remarks = [row.notes or ""] + [
        when.raw for when in (row.start, row.end) if when.ask and when.raw and not when.start and not when.end
    ]
    Initiative.objects.create(
        organisation_id=cycle.organisation_id,
        cycle=cycle,
        theme=theme,
        title=row.title,
        description="\n".join(text for text in remarks if text)[:4000],
        owner=" / ".join(row.owners)[:200],
        department=(row.department or "")[:200],
        status=STATUSES.get(status, Initiative.Status.UNKNOWN),
        start_raw=(row.start.raw or "")[:200],
        start_from=days(row.start)[0],
        start_to=days(row.start)[1],
        end_raw=(row.end.raw or "")[:200],
        end_from=days(row.end)[0],
        end_to=days(row.end)[1],
        source=Initiative.Source.LIST,
        brought=brought,
        fingerprint=fingerprint,
        position=position,
    )


def undo_bring(brought: BroughtList) -> int:
    """Takes the list's initiatives away again; returns how many. Harmless when repeated."""
    with write():
        now = timezone.now()
        BroughtList.objects.filter(pk=brought.pk, undone_at=None).update(undone_at=now)
        return brought.initiatives.filter(removed_at=None).update(removed_at=now)


def save_initiative(cycle: Cycle, initiative: Initiative | None, **fields) -> Initiative:
    """Adds an initiative to the cycle, or changes one."""
    with write():
        if initiative is None:
            position = (cycle.initiatives.aggregate(last=Max("position"))["last"] or 0) + 1
            initiative = Initiative(organisation_id=cycle.organisation_id, cycle=cycle, position=position)
        for name, value in fields.items():
            setattr(initiative, name, value)
        initiative.save()
    return initiative


def remove_initiative(initiative: Initiative) -> None:
    with write():
        Initiative.objects.filter(pk=initiative.pk, removed_at=None).update(removed_at=timezone.now())


def restore_initiative(initiative: Initiative) -> None:
    with write():
        Initiative.objects.filter(pk=initiative.pk).update(removed_at=None)
