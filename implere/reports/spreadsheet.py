"""A meeting as a workbook: a sheet for each activity. Text stays text: nothing in a cell is ever run."""

import io
import re

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from implere import rooms
from implere.meetings import queries as meetings
from implere.meetings.models import Meeting

FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
FORBIDDEN_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f￾￿]")
WIDTH = 24  # characters; the first column is three times as wide


def workbook(meeting: Meeting) -> bytes:
    """The whole meeting as .xlsx: first what it was, then a sheet for each activity that has something to show."""
    book = Workbook(write_only=True)
    _sheet(book, _("Meeting"), [_("What"), _("Value")], _facts(meeting), set())
    names: set[str] = {_("Meeting")}
    for activity in meeting.activities.filter(opened_at__isnull=False):
        activity.meeting = meeting
        found = rooms.mechanism_of(activity).sheet(activity)
        if found:
            header, rows = found
            _sheet(book, meetings.words(activity).title, header, rows, names)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _facts(meeting: Meeting) -> list[list]:
    return [
        [_("Title"), meeting.title],
        [_("Organisation"), meeting.organisation.name],
        [_("Cycle"), meeting.cycle.name],
        [_("Planned"), meeting.planned_at.date() if meeting.planned_at else ""],
        [_("Took part"), meeting.participants.count()],
    ]


def _sheet(book, title, header, rows, names: set) -> None:
    sheet = book.create_sheet(_free_name(title, names))
    sheet.freeze_panes = "A2"
    for column in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTH * (3 if column == 1 else 1)
    sheet.append([_cell(sheet, value, bold=True) for value in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _free_name(title: str, names: set) -> str:
    """A sheet's name as Excel takes it: at most 31 characters, some forbidden, each once."""
    base = FORBIDDEN_IN_SHEET_NAMES.sub(" ", str(title)).strip()[:28] or "-"
    name, number = base, 2
    while name.casefold() in {n.casefold() for n in names}:
        name, number = f"{base} {number}", number + 1
    names.add(name)
    return name


def _cell(sheet, value, bold: bool = False):
    """Numbers and dates as they are; all else as text, also what begins like a formula."""
    if not isinstance(value, (int, float)) and not hasattr(value, "isoformat"):
        value = FORBIDDEN_IN_CELLS.sub("", str(value if value is not None else ""))
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
