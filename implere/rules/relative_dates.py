"""Dates as people say them: "om to uger", "1. marts", "in two weeks", "2026-12-01"."""

import re
from datetime import date, timedelta

NUMBERS = {
    "en": 1, "et": 1, "én": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9,
    "ti": 10, "elleve": 11, "tolv": 12, "fjorten": 14, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14,
}  # fmt: skip
MONTHS = [
    ("januar", "january"), ("februar", "february"), ("marts", "march"), ("april",), ("maj", "may"), ("juni", "june"),
    ("juli", "july"), ("august",), ("september",), ("oktober", "october"), ("november",), ("december",),
]  # fmt: skip
BEFORE = re.compile(r"^(?:inden|senest|before|by)\s+(?=\d|d\.|den|the)")
HALF_A_YEAR = re.compile(r"^(?:om|in)\s+(?:et\s+halvt\s+år|half\s+a\s+year)$")
IN_A_WHILE = re.compile(
    r"^(?:om|in|inden for|within)\s+(\w+)\s+(?:(dage?|days?)|(uger?|weeks?)|(m(?:å|aa)ned(?:er)?|months?)|(år|years?))$"
)
DAY_AND_MONTH = re.compile(
    r"^(?:d\.|den|the)?\s*(\d{1,2})(?:\.\s*|(?:st|nd|rd|th)?\s+)(?:of\s+)?([a-zæøå]{3,9})\.?(?:\s+(\d{4}))?$"
)
NUMERIC = re.compile(r"^(?:d\.\s*|den\s+)?(\d{1,2})[./-](\d{1,2})\.?(?:[./ -](\d{4}|\d{2}))?$")
ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
AT_ONCE = {"i dag": 0, "today": 0, "i morgen": 1, "tomorrow": 1}


def resolve(text: str, today: date) -> date | None:
    """The day that the words mean, seen from `today`; None where they are not understood. A day without a year is the
    next one."""
    words = BEFORE.sub("", " ".join(text.casefold().split()).removeprefix("senest ").rstrip("."))
    if HALF_A_YEAR.match(words):
        return months_later(today, 6)
    if words in AT_ONCE:
        return today + timedelta(days=AT_ONCE[words])
    for pattern, read in (
        (IN_A_WHILE, _in_a_while),
        (ISO, _iso),
        (DAY_AND_MONTH, _day_and_month),
        (NUMERIC, _numeric),
    ):
        if match := pattern.match(words):
            try:
                return read(match, today)
            except (ValueError, OverflowError):
                return None
    return None


def _in_a_while(match, today: date) -> date | None:
    number = int(match[1]) if match[1].isdigit() else NUMBERS.get(match[1])
    if number is None or number > 1000:
        return None
    days, weeks, months, _years = match.groups()[1:]
    if days or weeks:
        return today + timedelta(days=number if days else 7 * number)
    return months_later(today, number if months else 12 * number)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise OverflowError(months)


def _iso(match, today: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _day_and_month(match, today: date) -> date | None:
    month = next((n for n, names in enumerate(MONTHS, 1) if any(m.startswith(match[2]) for m in names)), None)
    return _next(int(match[1]), month, match[3], today) if month else None


def _numeric(match, today: date) -> date:
    year = match[3] if not match[3] or len(match[3]) == 4 else "20" + match[3]
    return _next(int(match[1]), int(match[2]), year, today)


def _next(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    for later in range(9):  # the 29th of February may be eight years away
        try:
            found = date(today.year + later, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError((day, month))
