"""What the pages of cycles and lists read."""

from dataclasses import dataclass

from implere.initiatives.bringing.preview import Preview, SheetPreview
from implere.initiatives.models import BroughtList, Cycle, Initiative


def initiatives(cycle: Cycle) -> list[Initiative]:
    """The cycle's initiatives with their themes. One query."""
    return list(cycle.initiatives.filter(removed_at=None).select_related("theme").order_by("position"))


def removed(cycle: Cycle) -> list[Initiative]:
    return list(cycle.initiatives.filter(removed_at__isnull=False, brought__undone_at=None).order_by("title"))


def lists(cycle: Cycle) -> list[BroughtList]:
    return list(cycle.lists.filter(undone_at=None).order_by("-accepted_at"))


@dataclass(frozen=True)
class ColumnView:
    """A column of a sheet as the preview lets it be corrected."""

    number: int
    header: str
    field: str
    sample: str


def column_views(sheet: SheetPreview, raw) -> list[ColumnView]:
    """Every column of the sheet, with what it was taken for and what stands in it first."""
    found = sheet.columns
    width = max((len(row) for row in raw.rows), default=0)
    views = []
    for number in range(width):
        values = (
            row[number]
            for row in raw.rows[found.header_row :]
            if number < len(row) and row[number] not in (None, "")
        )
        header = found.headers[number] if number < len(found.headers) else ""
        views.append(ColumnView(number, header, found.fields.get(number, ""), str(next(values, ""))[:40]))
    return views


def unknown_statuses(preview: Preview) -> list[str]:
    return sorted({value for ask in preview.ask if ask["what"] == "status words" for value in ask["values"]})


def already_here(cycle: Cycle, preview: Preview) -> set[str]:
    """The fingerprints of the preview that the cycle has already."""
    mine = {row.fingerprint for sheet in preview.sheets for row in sheet.rows}
    return mine & set(cycle.initiatives.filter(removed_at=None).values_list("fingerprint", flat=True))
