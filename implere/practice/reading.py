"""Numbers over time as people keep them, read from cells: each line becomes points or a leftover with its reason. Nothing is lost
and nothing is guessed silently."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from implere.initiatives.bringing import dates, files

OWN, OTHER = "own", "other"
MOST = Decimal(10) ** 11
WHYS = {
    "no_date": _("No date that we understand: write it like 2026-03-01, marts 2026 or uge 12 2026."),
    "text": _("No number in the cell, but words. Write the number alone; the words can stand in a mark."),
    "twice": _("The date stands twice with different numbers. The first one, %(kept)s, is used."),
    "no_size": _("The whole that it is a part of is missing or 0."),
    "beyond": _("A part can't be larger than its whole."),
    "too_large": _("The number is larger than can be kept."),
}
STATISTICS = {
    "M": "-",
    "K": ". kvartal ",
    "Q": ". kvartal ",
}  # 2026M03, 2026K1, as tables of statistics write them
PERIOD = re.compile(r"^(\d{4})\s?([MKQ])\s?(\d{1,2})$")
EMPTY = {"", "-", "–", "..", "...", "n/a", "na", "."}
GROUPS = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d*)?")
NUMBER = re.compile(r"[+-]?\d[\d., ]*(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class Read:
    """A number of a series on a day; `value` None for a gap that was written as one."""

    series: str
    on: date
    value: Decimal | None
    size: Decimal | None
    raw: str


@dataclass(frozen=True)
class Left:
    """A line that could not be read, as written, and why (a key of WHYS)."""

    number: int
    text: str
    why: str
    facts: dict = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(WHYS[self.why]) % self.facts


@dataclass(frozen=True)
class Reading:
    """What was read: `points`, `left`, how many lines were the same twice, gaps, and whether dots were taken for thousands."""

    points: tuple[Read, ...]
    left: tuple[Left, ...]
    same: int = 0
    header: tuple[str, ...] = ()
    thousands: bool = False

    @property
    def own(self) -> int:
        return sum(1 for point in self.points if point.series == OWN and point.value is not None)

    @property
    def other(self) -> int:
        return sum(1 for point in self.points if point.series == OTHER and point.value is not None)

    @property
    def gaps(self) -> int:
        return sum(1 for point in self.points if point.series == OWN and point.value is None)


def read(data: bytes, name: str, *, share: bool = False) -> Reading:
    """The first sheet's cells: a date first, then our own number (for a share: the part, then the whole), then the comparison's.
    Raises files.Unreadable in words."""
    return read_rows(files.read(data, name)[0].rows, share=share)


def as_text(data: bytes, name: str) -> str:
    """The cells as they can be pasted, so that a file can be corrected where it is shown."""
    return "\n".join("\t".join(_text(cell) for cell in row) for row in files.read(data, name)[0].rows)


def read_rows(rows: list[list], *, share: bool = False) -> Reading:
    """The same, of rows of cells."""
    header = _header(rows)
    body = rows[1:] if header else rows
    dots, thousands = _dots(body)
    points, left, same, seen = [], [], 0, {}
    for number, row in enumerate(body, start=2 if header else 1):
        if not any(_text(cell) for cell in row):
            continue
        found = _row(row, number, share, dots)
        if isinstance(found, Left):
            left.append(found)
            continue
        for each in found:
            if isinstance(each, Left):
                left.append(each)
            elif (before := seen.get((each.series, each.on))) is None:
                seen[each.series, each.on] = each
                points.append(each)
            elif (before.value, before.size) == (each.value, each.size):
                same += each.series == OWN
            else:
                left.append(Left(number, _line(row), "twice", {"kept": before.raw or "–"}))
    points.sort(key=lambda point: (point.on, point.series))
    return Reading(tuple(points), tuple(left), same, header, thousands)


def _header(rows: list[list]) -> tuple[str, ...]:
    """The first line where it names the columns: no date first, and no number after it."""
    if not rows or not rows[0] or day_of(rows[0][0]):
        return ()
    numbers = [cell for cell in rows[0][1:] if isinstance(number_of(cell), Decimal)]
    return () if numbers or len(rows) == 1 else tuple(_text(cell) for cell in rows[0])


def _row(row: list, number: int, share: bool, dots: bool):
    on = day_of(row[0])
    if on is None:
        return Left(number, _line(row), "no_date")
    cells = [*row[1:], None, None, None, None][:4]
    if share:
        return [_share(OWN, on, cells[0], cells[1], number, row, dots)] + (
            [_share(OTHER, on, cells[2], cells[3], number, row, dots)] if _text(cells[2]) else []
        )
    return [_plain(OWN, on, cells[0], number, row, dots)] + (
        [_plain(OTHER, on, cells[1], number, row, dots)] if _text(cells[1]) else []
    )


def _plain(series: str, on: date, cell, number: int, row: list, dots: bool) -> Read | Left:
    value = number_of(cell, dots=dots)
    if isinstance(value, str):
        return Left(number, _line(row), value)
    return Read(series, on, value, None, _text(cell))


def _share(series: str, on: date, part, whole, number: int, row: list, dots: bool) -> Read | Left:
    value, size = number_of(part, dots=dots), number_of(whole, dots=dots)
    for each in (value, size):
        if isinstance(each, str):
            return Left(number, _line(row), each)
    if value is None:
        return Read(series, on, None, None, "")
    if not size or size < 0:
        return Left(number, _line(row), "no_size")
    if not 0 <= value <= size:
        return Left(number, _line(row), "beyond")
    return Read(series, on, value, size, f"{_text(part)} / {_text(whole)}")


def _text(cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).replace("\xa0", " ").split())


def _line(row: list) -> str:
    return " · ".join(_text(cell) for cell in row if _text(cell))[:400]


def day_of(cell) -> date | None:
    """The first day of what the cell means: a day, a week, a month, a quarter, a year. None where it must be asked about."""
    text = _text(cell)
    if match := PERIOD.match(text.upper()):
        year, kind, count = match.groups()
        if kind == "M":
            return _month(int(year), int(count))
        return _month(int(year), 3 * int(count) - 2) if 1 <= int(count) <= 4 else None
    found = dates.read(cell)
    return None if found.ask else found.start


def _month(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and 1900 <= year <= 2100 else None


def _dots(rows: list[list]) -> tuple[bool, bool]:
    """(dots divide thousands, some number shows it by its dots alone): so where a comma is the decimal sign anywhere, or where
    every dot stands before three figures."""
    texts = [_text(cell) for row in rows for cell in row[1:] if isinstance(cell, str)]
    if any(re.search(r"\d,\d", text) for text in texts):
        return True, False
    dotted = [text for text in texts if re.fullmatch(r"[+-]?\d+(?:\.\d+)+\D*", text)]
    grouped = bool(dotted) and all(re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+\D*", text) for text in dotted)
    return grouped, grouped


def number_of(cell, *, dots: bool = False) -> Decimal | None | str:
    """The cell's number, None where it is empty, or why it is none. `dots` divide thousands; a comma is the decimal sign unless
    a dot comes after it, or commas alone divide thousands more than once."""
    if isinstance(cell, bool):
        return "text"
    if isinstance(cell, int | float):
        return _kept(repr(cell))
    text = _text(cell).replace("−", "-").replace("'", "")
    if text.casefold() in EMPTY:
        return None
    match = NUMBER.match(text)
    rest = text[match.end() :].strip() if match else text
    if not match or not re.fullmatch(r"(?:[%‰°]|pct\.?|procent|kr\.?|dage?|timer?|stk\.?)?", rest.casefold()):
        return "text"
    digits = match[0].strip()
    if " " in digits and not GROUPS.fullmatch(digits):
        return "text"
    digits = digits.replace(" ", "").rstrip(".,")
    if "," in digits and "." in digits:
        thousands = "," if digits.rfind(".") > digits.rfind(",") else "."
        digits = digits.replace(thousands, "")
    elif Counter(digits)[","] > 1:
        digits = digits.replace(",", "")
    elif dots or Counter(digits)["."] > 1:
        digits = digits.replace(".", "")
    return _kept(digits.replace(",", "."))


def _kept(digits: str) -> Decimal | str:
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return "text"
    if not value.is_finite():
        return "text"
    return round(value, 6) if abs(value) < MOST else "too_large"
