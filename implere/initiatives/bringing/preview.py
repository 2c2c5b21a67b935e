"""From a file to a preview: the rows as they would be brought in, what must be asked, and what is told. Nothing is decided here:
loose dates are proposed, repeated rows are pointed out, left-out rows are listed."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from implere.initiatives.bringing import columns, dates, files, words
from implere.initiatives.bringing.dates import When

TOTALS = re.compile(r"^(?:i alt|ialt|total|sum|subtotal|samlet|antal)\b", re.I)
FOOTNOTE = re.compile(r"^\s*(?:\*|†|note:|kilde:|source:|\(\*?\))", re.I)
MOST_TITLE = 200
NO_TITLE = _(
    "No column can be recognised as the initiatives' titles. Give the column a heading such as “Tiltag”, or choose the column yourself."
)


@dataclass(frozen=True)
class Row:
    """A row as it would be brought in. `owners` may be several (asked about); `repeats` is the row that it repeats, and
    `repeat_kind` exact or same_title_other_values."""

    number: int
    title: str
    owners: tuple[str, ...]
    department: str | None
    start: When
    end: When
    status_raw: str | None
    status: str | None
    notes: str | None
    hours: float | None = None
    period: dict | None = None
    problem: str = ""
    repeats: int | None = None
    repeat_kind: str = ""

    @property
    def owner(self):
        """The owner as the wire form has it: a name, a list of names, or None."""
        return None if not self.owners else self.owners[0] if len(self.owners) == 1 else list(self.owners)

    @property
    def fingerprint(self) -> str:
        """The same row in the same list has the same fingerprint, however it is written."""
        return hashlib.sha256(
            f"{self.title.casefold()}|{(self.department or '').casefold()}".encode()
        ).hexdigest()

    def as_json(self) -> dict:
        found = {
            "row": self.number, "title": self.title, "owner": self.owner, "department": self.department, "start": self.start.as_json(),
            "end": self.end.as_json(), "status": {"raw": self.status_raw, "value": self.status}, "notes": self.notes,
            "hours_per_week": self.hours,
        }  # fmt: skip
        if self.period:
            found["period"] = self.period
        if self.problem:
            found["problem"] = self.problem
        if self.repeats:
            found |= {"duplicate_of_row": self.repeats, "duplicate_kind": self.repeat_kind}
        return found


@dataclass(frozen=True)
class SheetPreview:
    """A sheet: its columns, its rows, and the rows that are left out, by why."""

    name: str
    columns: columns.Columns | None
    rows: tuple[Row, ...]
    left_out: dict[str, list[int]] = field(default_factory=dict)

    def as_json(self) -> dict:
        return {"name": self.name, "rows": [row.as_json() for row in self.rows]}


@dataclass(frozen=True)
class Preview:
    sheets: tuple[SheetPreview, ...]
    ask: tuple[dict, ...]
    report: tuple[dict, ...]

    def as_json(self) -> dict:
        return {
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "ask": list(self.ask),
            "report": list(self.report),
        }


def read(data: bytes, name: str, mapping: dict | None = None) -> Preview:
    """The preview of a file. `mapping` corrects the columns: {sheet name: {column from 0: field or ""}}. Raises Unreadable."""
    return of_sheets(files.read(data, name), mapping)


def of_sheets(sheets: list[files.Sheet], mapping: dict | None = None) -> Preview:
    found = [_sheet(sheet, (mapping or {}).get(sheet.name)) for sheet in sheets if sheet.rows]
    if not any(sheet.columns for sheet, _ask, _report in found):
        raise files.Unreadable(NO_TITLE if found else files.EMPTY)
    previews = tuple(sheet for sheet, _ask, _report in found)
    ask = [each for _sheet_, asked, _report in found for each in asked]
    report = [each for _sheet_, _ask, told in found for each in told]
    ask += _across(previews)
    if sum(1 for sheet in previews if sheet.rows) > 1:
        ask.append(
            {
                "what": "which sheets to import",
                "why": "several sheets hold rows",
                "sheets": [s.name for s in previews if s.rows],
            }
        )
    return Preview(previews, tuple(ask), tuple(report))


def _sheet(sheet: files.Sheet, wanted: dict | None):
    found = columns.find(sheet.rows, wanted)
    if found is None:
        told = [{"what": "no column of titles: the sheet is left out", "sheet": sheet.name}]
        return SheetPreview(sheet.name, None, ()), [], told
    rows, left_out, blocks = [], defaultdict(list), 0
    left_out["titles"] = [n for n in range(1, found.header_row) if _texts(sheet.rows[n - 1])]
    filled = _filled_down(sheet, found)
    blocks = len({first for first, _value in filled.values()})
    for number in range(found.header_row + 1, len(sheet.rows) + 1):
        cells = sheet.rows[number - 1]
        why = _left_out(cells, found, number, sheet)
        if why:
            left_out[why].append(number)
        else:
            rows.append(_row(number, cells, found, filled))
    rows = _repeats(rows)
    preview = SheetPreview(
        sheet.name, found, tuple(rows), {why: numbers for why, numbers in left_out.items() if numbers}
    )
    return preview, _questions(preview), _told(preview, blocks, sheet)


def _texts(cells: list) -> list[int]:
    return [place for place, value in enumerate(cells) if value is not None and words.tidy(value)]


def _left_out(cells, found, number, sheet) -> str:
    """Why a row is no initiative: blank, a section's heading, totals, a footnote, a header again, or without a title."""
    used = _texts(cells)
    if not used:
        return "blank"
    title_column = found.of("title")
    title = words.tidy(cells[title_column]) if title_column < len(cells) else ""
    first = words.tidy(cells[used[0]])
    if TOTALS.match(first) and (len(used) > 1 or len(first) < 20):
        return "totals"
    if not title:
        merged = any(a <= number <= b and d - c >= 2 for a, b, c, d in sheet.merged)
        return "sections" if len(used) == 1 and merged else "without title"
    if FOOTNOTE.match(title) and len(used) == 1:
        return "footnotes"
    wide = any(a == number and d - c >= 2 for a, b, c, d in sheet.merged)
    others = [column for column in found.fields if column != title_column]
    if (
        len(used) == 1
        and others
        and (wide or title.endswith(":") or (len(others) >= 2 and title.isupper() and len(title) > 3))
    ):
        return "sections"
    if found.headers and [words.tidy(value) for value in cells] == found.headers:
        return "titles"
    return ""


def _filled_down(sheet, found) -> dict[int, tuple[int, str]]:
    """{row: (first row, value)} for departments that stand in cells merged downwards."""
    column = found.of("department")
    filled = {}
    for first, last, left, right in sheet.merged:
        if column is not None and left - 1 <= column <= right - 1 and last > first:
            value = words.tidy(sheet.rows[first - 1][left - 1]) if first <= len(sheet.rows) else ""
            if value:
                filled |= dict.fromkeys(range(first, last + 1), (first, value))
    return filled


def _row(number: int, cells: list, found, filled) -> Row:
    def cell(name):
        column = found.of(name)
        return cells[column] if column is not None and column < len(cells) else None

    if found.of("period") is not None and found.of("start") is None:
        start, end, precision = dates.read_period(cell("period"))
        first, last = start.start, end.end
        period = {
            "raw": start.raw or end.raw,
            "start": first.isoformat() if first else None,
            "end": last.isoformat() if last else None,
            "precision": precision,
        }
    else:
        start, end, period = dates.read(cell("start")), dates.read(cell("end")), None
    problem = "end_before_start" if start.start and end.end and end.end < start.start else ""
    raw_status = words.tidy(cell("status")) or None
    return Row(
        number=number,
        title=words.tidy(cell("title"))[:MOST_TITLE],
        owners=tuple(words.owners(cell("owner"))),
        department=words.tidy(cell("department")) or filled.get(number, (0, None))[1],
        start=start,
        end=end,
        status_raw=raw_status,
        status=words.status(raw_status),
        notes=words.lines(cell("notes")),
        hours=cell("hours_per_week") if isinstance(cell("hours_per_week"), (int, float)) else None,
        period=period,
        problem=problem,
    )


def _repeats(rows: list[Row]) -> list[Row]:
    """Points out rows whose title stood before: all the same, or other values."""
    seen: dict[str, Row] = {}
    marked = []
    for row in rows:
        key = row.title.casefold()
        before = seen.get(key)
        if before is None:
            seen[key] = row
        else:
            alike = _values(before) == _values(row)
            kind = "exact" if alike else "same_title_other_values"
            row = replace(row, title=before.title, repeats=before.number, repeat_kind=kind)
        marked.append(row)
    return marked


def _values(row: Row) -> tuple:
    return (row.owners, row.start.raw, row.end.raw, row.status_raw)


def _questions(sheet: SheetPreview) -> list[dict]:
    """What the reader must decide; like cases are one question."""
    ask = []
    for row in sheet.rows:
        if row.repeat_kind == "same_title_other_values":
            ask.append({
                "what": "duplicate", "why": "same title, but other owner, dates or status: merge or keep both",
                "sheet": sheet.name, "rows": [row.repeats, row.number], "title": _title_of(sheet, row.repeats),
            })  # fmt: skip
    for number in sheet.left_out.get("without title", []):
        ask.append(
            {
                "what": "missing title",
                "why": "a row without a title: skip it or name it",
                "sheet": sheet.name,
                "row": number,
            }
        )
    for name in ("start", "end"):
        cells = [
            {"row": row.number, "raw": getattr(row, name).raw, "why": getattr(row, name).why}
            for row in sheet.rows
            if getattr(row, name).ask and not row.repeats  # a repeated row is asked about whole
        ]
        if cells:
            ask.append(
                {
                    "what": f"dates in {name}",
                    "why": "no exact date can be read",
                    "sheet": sheet.name,
                    "cells": cells,
                }
            )
    unknown = sorted({row.status_raw for row in sheet.rows if row.status_raw and row.status is None})
    if unknown:
        ask.append(
            {
                "what": "status words",
                "why": "map once per word, not once per row",
                "sheet": sheet.name,
                "values": unknown,
            }
        )
    several = [row.number for row in sheet.rows if len(row.owners) > 1]
    if several:
        ask.append(
            {
                "what": "two owners in one cell",
                "why": "who is the owner, who helps?",
                "sheet": sheet.name,
                "rows": several,
            }
        )
    return ask


def _title_of(sheet: SheetPreview, number: int) -> str:
    return next(row.title for row in sheet.rows if row.number == number)


def _across(sheets) -> list[dict]:
    """The same title on two sheets."""
    seen: dict[str, tuple[str, int, str]] = {}
    ask = []
    for sheet in sheets:
        for row in sheet.rows:
            before = seen.get(row.title.casefold())
            if before and before[0] != sheet.name:
                ask.append({
                    "what": "duplicate across sheets", "why": "the same initiative stands on both sheets; which one is right?",
                    "rows": [{"sheet": before[0], "row": before[1]}, {"sheet": sheet.name, "row": row.number}], "title": before[2],
                })  # fmt: skip
            seen.setdefault(row.title.casefold(), (sheet.name, row.number, row.title))
    return ask


def _told(sheet: SheetPreview, blocks: int, raw: files.Sheet) -> list[dict]:
    """What is done without asking, told so that nobody wonders."""
    told = []
    for row in sheet.rows:
        if row.repeat_kind == "exact":
            told.append(
                {
                    "what": "exact duplicate: import once, say so",
                    "sheet": sheet.name,
                    "rows": [row.repeats, row.number],
                    "title": row.title,
                }
            )
    groups = (
        (
            "no owner (empty, ?, NN or vakant): import without owner",
            [r.number for r in sheet.rows if not r.owners] if sheet.columns.of("owner") is not None else [],
        ),
        (
            "invalid date: import without it, keep the text",
            [r.number for r in sheet.rows if "invalid" in (r.start.precision, r.end.precision)],
        ),
        ("end before start: import, mark it", [r.number for r in sheet.rows if r.problem]),
    )
    told += [{"what": what, "sheet": sheet.name, "rows": numbers} for what, numbers in groups if numbers]
    if sheet.left_out:
        told.append(
            {
                "what": "rows not imported: titles, blank rows, section headings, totals, footnote",
                "sheet": sheet.name,
                "rows": sheet.left_out,
            }
        )
    if blocks:
        told.append(
            {
                "what": "department comes from vertically merged cells: filled down",
                "sheet": sheet.name,
                "blocks": blocks,
            }
        )
    if any(
        isinstance(value, str) and re.match(r"^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$", value.strip())
        for row in raw.rows
        for value in row
        if isinstance(value, str)
    ):
        told.append({"what": "text dates are read day-month-year", "sheet": sheet.name})
    return told + _wrong_totals(sheet, raw)


def _wrong_totals(sheet: SheetPreview, raw: files.Sheet) -> list[dict]:
    """A totals row that counts otherwise than the sheet does."""
    told = []
    for number in sheet.left_out.get("totals", []):
        said = [
            int(m[0])
            for value in raw.rows[number - 1]
            if isinstance(value, str) and (m := re.match(r"\d+", value.strip()))
        ]
        if said and said[0] != len(sheet.rows):
            told.append(
                {
                    "what": f"the totals row says {said[0]}; the sheet has {len(sheet.rows)} rows with a title",
                    "sheet": sheet.name,
                    "row": number,
                }
            )
    return told
