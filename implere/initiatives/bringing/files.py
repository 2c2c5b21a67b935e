"""A file's bytes, or pasted cells, to sheets of rows. Each failure is a sentence that says what to do.

Limits: 10 MB as uploaded, 100 MB unpacked and at most 200 times the packed size, 20 sheets, 5,000 rows, 60 columns, 8,000 characters
in a cell. Nothing is run: formulas give the value that they had when the file was saved, links are not followed."""

import csv
import io
import zipfile
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

MOST_BYTES, MOST_UNPACKED, MOST_RATIO = 10 * 2**20, 100 * 2**20, 200
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 20, 5000, 60, 8000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NO_TEXT = set(range(32)) - set(b"\t\n\r\f\x1b")  # control signs that are in no list
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


class Unreadable(Exception):
    """Why a file can't be read; its text is a sentence for the reader."""


TOO_LARGE = _("The file is too large: at most 10 MB. Take a copy with the list alone, and try again.")
TOO_MANY = _(
    "The file holds more than it can be read from: at most 20 sheets, 5,000 rows and 60 columns. Take a copy with the list alone."
)
LOCKED = _(
    "The file has a password, or is an old .xls. Open it in a spreadsheet program, save it as .xlsx without a password, and try again."
)
BROKEN = _(
    "The file can't be read as a spreadsheet: it is damaged, or something else. Save it anew as .xlsx or CSV, and try again."
)
BOMB = _(
    "The file unpacks to far more than it should, so it was not opened. Copy the cells into a new spreadsheet, and try again."
)
EMPTY = _("The file is empty. Choose the one with the list in it.")
WRONG_KIND = _(
    "This kind of file can't be read. Save the list as .xlsx or CSV, or copy the cells and paste them."
)


@dataclass(frozen=True)
class Sheet:
    """Rows of values, counted from 1 as spreadsheets do; `merged` are (first row, last row, first column, last column)."""

    name: str
    rows: list[list]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read(data: bytes, name: str) -> list[Sheet]:
    """The sheets of an .xlsx or a CSV file; cells as a spreadsheet puts them on the clipboard are such a file."""
    if not data.strip():
        raise Unreadable(EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    if data[:4] == OLD_OR_LOCKED:
        raise Unreadable(LOCKED)
    if data[:2] == b"PK":
        return _xlsx(data)
    if name.casefold().endswith((".xlsx", ".xlsm")):
        raise Unreadable(BROKEN)
    if data[:2] not in UTF_16 and (data[:4] == b"%PDF" or NO_TEXT & set(data[:4000])):
        raise Unreadable(WRONG_KIND)
    return [Sheet(name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or "CSV", _csv(_decoded(data)))]


def _xlsx(data: bytes) -> list[Sheet]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable(BROKEN) from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(LOCKED)
    unpacked = sum(entry.file_size for entry in entries)
    if (
        unpacked > MOST_UNPACKED
        or len(entries) > 2000
        or (unpacked > 2**20 and unpacked > MOST_RATIO * len(data))
    ):
        raise Unreadable(BOMB)
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise Unreadable(WRONG_KIND)
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception:  # openpyxl raises many kinds for what is damaged
        raise Unreadable(BROKEN) from None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if len(sheets) > MOST_SHEETS or any(s.max_row > 50_000 or s.max_column > 2000 for s in sheets):
        raise Unreadable(TOO_MANY)
    return [_sheet(sheet) for sheet in sheets]


def _sheet(sheet) -> Sheet:
    rows = [[_value(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    rows = _trimmed(rows)
    _limit(rows)
    merged = [(r.min_row, r.max_row, r.min_col, r.max_col) for r in sheet.merged_cells.ranges]
    return Sheet(sheet.title, rows, merged)


def _value(value):
    return value[:MOST_CHARACTERS] if isinstance(value, str) else value


def _trimmed(rows: list[list]) -> list[list]:
    """Without the empty rows and columns at the end."""
    width = max(
        (place + 1 for row in rows for place, value in enumerate(row) if value not in (None, "")), default=0
    )
    rows = [row[:width] for row in rows]
    while rows and not any(value not in (None, "") for value in rows[-1]):
        rows.pop()
    return rows


def _limit(rows: list[list]) -> None:
    if len(rows) > MOST_ROWS or (rows and len(rows[0]) > MOST_COLUMNS):
        raise Unreadable(TOO_MANY)


def _decoded(data: bytes) -> str:
    """UTF-8 (with or without a mark), UTF-16 with a mark, else Windows-1252."""
    if data[:2] in UTF_16:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _csv(text: str, delimiter: str | None = None) -> list[list]:
    if text.startswith("sep=") and "\n" in text:
        first, text = text.split("\n", 1)
        delimiter = first.strip()[4:5] or None
    delimiter = delimiter or _delimiter(text)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Unreadable(BROKEN) from None
    width = max((len(row) for row in found), default=0)
    rows = [[(cell[:MOST_CHARACTERS] or None) for cell in row] + [None] * (width - len(row)) for row in found]
    rows = _trimmed(rows)
    if not rows:
        raise Unreadable(EMPTY)
    _limit(rows)
    return rows


def _delimiter(text: str) -> str:
    """The sign that divides most lines into the same number of cells, more than one; a tab where there is none: then each line
    is one cell, commas and all."""
    best, score = "\t", 0.0
    for sign in (";", "\t", ",", "|"):
        try:
            counts = [
                len(row) for row in csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=sign) if row
            ]
        except csv.Error:
            continue
        wide = [count for count in counts if count > 1]
        if 2 * len(wide) > len(counts):
            usual = max(set(wide), key=wide.count)
            rated = wide.count(usual) / len(counts) * min(usual, 6)
            if rated > score:
                best, score = sign, rated
    return best
