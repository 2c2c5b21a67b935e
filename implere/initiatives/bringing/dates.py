"""Dates as municipalities write them, read into the first and last day that the words can mean. Nothing is guessed silently:
where the words are loose, a proposal is made and asked about."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_noop as _

MONTHS = {
    "januar": 1, "february": 2, "februar": 2, "marts": 3, "march": 3, "april": 4, "maj": 5, "may": 5, "juni": 6, "june": 6,
    "juli": 7, "july": 7, "august": 8, "september": 9, "oktober": 10, "october": 10, "november": 11, "december": 12,
    "january": 1, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
SEASONS = {
    "forår": (3, 5), "foråret": (3, 5), "foraar": (3, 5), "spring": (3, 5), "sommer": (6, 8), "sommeren": (6, 8),
    "summer": (6, 8), "efterår": (9, 11), "efteråret": (9, 11), "efteraar": (9, 11), "autumn": (9, 11), "fall": (9, 11),
}  # fmt: skip
WINTER = {"vinter", "vinteren", "winter"}
ONGOING = {"løbende", "loebende", "vedvarende", "permanent", "ongoing", "continuous", "hele tiden", "fast"}
BEGINNING = {"primo", "start", "starten af", "begyndelsen af", "early"}
ENDING = {"ultimo", "slutningen af", "udgangen af", "late", "end of"}
MIDDLE = {"medio", "midt", "midten af", "mid"}
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
EXCEL_FIRST, EXCEL_LAST = 20_000, 80_000  # 1954 to 2119

WHY_NO_DAY = _("a day that does not exist")
WHY_SEASON = _("a season: propose the meteorological months and let the user confirm")
WHY_WINTER = _("winter spans two years; ask which months are meant")
WHY_BEGINNING = _("“primo” means the beginning of the period, not a date")
WHY_MIDDLE = _("“medio” means the middle of the period, not a date")
WHY_ENDING = _("“ultimo” means the end of the period, not a date")
WHY_SCHOOL = _("a school year: propose 1 August to 31 July and let the user confirm")
WHY_SERIAL = _(
    "a bare number in a date column: an Excel serial date without date format; propose the date and ask"
)
WHY_NOTHING = _("the cell holds no date")
WHY_NO_YEAR = _("no year given")
WHY_TEXT = _("text that is no date: keep it as a remark")
WHY_YEAR = _("the year is hardly meant")
WHY_BACKWARDS = _("the period ends before it begins")


@dataclass(frozen=True)
class When:
    """What a cell says about a date. `raw` as written; `start` and `end` the first and last day that it can mean, None where
    nothing may be guessed; `ask` whether the reader must decide, and `why`."""

    raw: str | None
    start: date | None = None
    end: date | None = None
    precision: str = "none"
    ask: bool = False
    why: str = ""

    def as_json(self) -> dict:
        """The wire form: from and to as ISO days."""
        found = {
            "raw": self.raw,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "precision": self.precision,
            "ask": self.ask,
        }
        return found | ({"why": self.why} if self.why else {})


def read(value, *, kind: str = "") -> When:
    """A cell's value: a date, a number, or words. Never raises."""
    if isinstance(value, datetime):
        return _checked(str(value), value.date(), value.date(), "day")
    if isinstance(value, date):
        return _checked(str(value), value, value, "day")
    if value is None or isinstance(value, bool) or not str(value).strip():
        return When(None if value is None or value == "" else str(value))
    raw = " ".join(str(value).replace("\xa0", " ").split())
    if isinstance(value, float) and value.is_integer():
        raw = str(int(value))
    return _words(raw)


def _words(raw: str) -> When:
    text = raw.casefold().strip(" .,;")
    text = re.sub(
        r"^(?:d\.|den|ca\.?|cirka|senest|fra|pr\.?|by|from|on)\s+(?=[\dA-Za-zæøå])", "", text
    ).strip()
    for read_one in (
        _nothing,
        _serial,
        _day,
        _month,
        _part,
        _year,
        _school,
        _week,
        _season,
        _approximately,
        _no_year,
    ):
        try:
            found = read_one(raw, text)
        except (ValueError, OverflowError):
            return When(raw, precision="invalid", ask=True, why=WHY_NO_DAY)
        if found is not None:
            return found
    return When(raw, ask=True, why=WHY_TEXT)


def _checked(raw, start: date, end: date, precision: str, **more) -> When:
    """The same, or a question where the year is hardly meant."""
    for day in (start, end):
        if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            return When(raw, precision="invalid", ask=True, why=WHY_YEAR)
    return When(raw, start, end, precision, **more)


def _nothing(raw, text):
    if text in ONGOING:
        return When(raw, precision="ongoing")
    if not re.search(r"[\wæøå]", text) or text in {
        "ukendt",
        "unknown",
        "n/a",
        "na",
        "tbd",
        "ingen",
        "none",
        "ved ikke",
    }:
        return (
            When(raw, ask=bool(re.search(r"[?]|\w", raw)) or "?" in raw, why=WHY_NOTHING)
            if raw != "-"
            else When(raw)
        )
    return None


def _serial(raw, text):
    if re.fullmatch(r"\d{5}", text) and EXCEL_FIRST <= int(text) <= EXCEL_LAST:
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return When(raw, day, day, "day", True, WHY_SERIAL)
    return None


def _year_of(text: str) -> int:
    year = int(text)
    return year + 2000 if len(text) <= 2 else year


def _day(raw, text):
    for pattern, order in (
        (r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ t]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?", (1, 2, 3)),
        (r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./ ]\s*(\d{4}|\d{2})", (3, 2, 1)),
    ):
        if match := re.fullmatch(pattern, text):
            year, month, day = (match[place] for place in order)
            found = date(_year_of(year), int(month), int(day))
            return _checked(raw, found, found, "day")
    names = "|".join(MONTHS)
    if match := re.fullmatch(rf"(\d{{1,2}})\.?(?:st|nd|rd|th)?\s*({names})\.?,?\s*(\d{{4}}|\d{{2}})", text):
        found = date(_year_of(match[3]), MONTHS[match[2]], int(match[1]))
        return _checked(raw, found, found, "day")
    if match := re.fullmatch(rf"({names})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", text):
        found = date(int(match[3]), MONTHS[match[1]], int(match[2]))
        return _checked(raw, found, found, "day")
    return None


def _span(raw, year: int, first: int, last: int, precision: str, **more) -> When:
    return _checked(raw, date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision, **more)


def _month(raw, text):
    names = "|".join(MONTHS)
    if match := re.fullmatch(rf"({names})\.?[\s\-/']*(\d{{4}}|\d{{2}})", text):
        month = MONTHS[match[1]]
        return _span(raw, _year_of(match[2]), month, month, "month")
    if match := re.fullmatch(r"(\d{1,2})[/-](\d{4})", text):
        return _span(raw, int(match[2]), int(match[1]), int(match[1]), "month")
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        return _span(raw, int(match[1]), int(match[2]), int(match[2]), "month")
    return None


def _part(raw, text):
    """Quarters and halves, in either order."""
    for unit, months, precision in (
        ("q|k|kv|kvt|kvartal|quarter", 3, "quarter"),
        ("h|halvår|halvaar|half", 6, "half_year"),
    ):
        patterns = (
            rf"(?P<n>\d)\.?\s*(?:{unit})\.?(?:\s+(?:of|i))?[\s,/]*(?P<y>\d{{4}}|'?\d{{2}})",
            rf"(?:{unit})\.?\s*(?P<n>\d)[\s,/-]*(?P<y>\d{{4}}|'?\d{{2}})",
            rf"(?P<y>\d{{4}})[\s,/-]*(?:{unit})\.?\s*(?P<n>\d)",
            rf"(?P<y>\d{{4}})[\s,/-]*(?P<n>\d)\.?\s*(?:{unit})",
        )
        for pattern in patterns:
            match = re.fullmatch(pattern, text)
            if match and 1 <= int(match["n"]) <= 12 // months:
                first = (int(match["n"]) - 1) * months + 1
                return _span(raw, _year_of(match["y"].strip("'")), first, first + months - 1, precision)
    ordinal = {"første": 1, "andet": 2, "1st": 1, "2nd": 2, "first": 1, "second": 2}
    if match := re.fullmatch(rf"({'|'.join(ordinal)})\s+(?:halvår|half)(?:\s+(?:of|i))?\s+(\d{{4}})", text):
        first = (ordinal[match[1]] - 1) * 6 + 1
        return _span(raw, int(match[2]), first, first + 5, "half_year")
    return None


def _year(raw, text):
    if match := re.fullmatch(r"(?:år\s+|year\s+|hele\s+)?(\d{4})", text):
        return _span(raw, int(match[1]), 1, 12, "year")
    return None


def _school(raw, text):
    match = re.fullmatch(
        r"(?:skoleår(?:et)?|skoleaar(?:et)?|school year)\s+(\d{4})\s*[/\-–]\s*(\d{4}|\d{2})", text
    )
    if match is None:
        return None
    first = int(match[1])
    return _checked(raw, date(first, 8, 1), date(first + 1, 7, 31), "school_year", ask=True, why=WHY_SCHOOL)


def _week(raw, text):
    match = re.fullmatch(r"(?:uge|u|week|w)\.?\s*(\d{1,2})[\s,/-]*(\d{4}|\d{2})", text) or None
    if match is None:
        reverse = re.fullmatch(r"(\d{4})[\s,/-]*(?:uge|week|w)\.?\s*(\d{1,2})", text)
        if reverse is None:
            return None
        year, week = int(reverse[1]), int(reverse[2])
    else:
        year, week = _year_of(match[2]), int(match[1])
    monday = date.fromisocalendar(year, week, 1)
    return _checked(raw, monday, monday + timedelta(days=6), "week")


def _season(raw, text):
    match = re.fullmatch(r"([a-zæøå]+)\s+'?(\d{4}|\d{2})(?:\s*[/-]\s*\d{2,4})?", text)
    if match is None:
        return None
    if match[1] in WINTER:
        return When(raw, precision="season", ask=True, why=WHY_WINTER)
    if match[1] in SEASONS:
        return _span(raw, _year_of(match[2]), *SEASONS[match[1]], "season", ask=True, why=WHY_SEASON)
    return None


def _approximately(raw, text):
    """primo, medio, ultimo: one end of the period is known, or neither."""
    for words, why, keep in (
        (BEGINNING, WHY_BEGINNING, "start"),
        (ENDING, WHY_ENDING, "end"),
        (MIDDLE, WHY_MIDDLE, ""),
    ):
        for word in words:
            if text.startswith(word + " "):
                rest = _words(text[len(word) :].strip())
                if rest.start is None:
                    return When(raw, ask=True, why=WHY_TEXT if not re.search(r"\d", text) else why)
                start = rest.start if keep == "start" else None
                end = rest.end if keep == "end" else None
                return When(raw, start, end, "approx", True, why)
    return None


def _no_year(raw, text):
    """A month, a season, a holiday or a day without its year."""
    named = {*MONTHS, *SEASONS, *WINTER}
    holidays = ("ferie", "jul", "påske", "pinse", "nytår", "holiday", "christmas", "easter")
    tokens = re.findall(r"[a-zæøå]+", text)
    if not re.search(r"\d{4}", text) and (
        named & set(tokens) or any(h in t for t in tokens for h in holidays)
    ):
        return When(raw, ask=True, why=WHY_NO_YEAR)
    if re.fullmatch(r"\d{1,2}[-./]\d{1,2}\.?|(?:uge|week)\s*\d{1,2}|q\d|\d\.\s*(?:kvartal|halvår)", text):
        return When(raw, ask=True, why=WHY_NO_YEAR)
    return None


BETWEEN = re.compile(r"\s+(?:til og med|til|t\.o\.m\.|to|until|–|—|-)\s+|\s*[–—]\s*", re.I)


def read_period(value) -> tuple[When, When, str]:
    """A cell that says both: (start, end, precision). "fra …" has a start alone, "til …" an end alone."""
    if value is None or not str(value).strip():
        return read(value), read(value), "none"
    if isinstance(value, (datetime, date)):
        return read(value), When(str(value)), "day"
    raw = " ".join(str(value).replace("\xa0", " ").split())
    text = raw.casefold()
    if match := re.fullmatch(r"(\d{4})\s*[-–—/]\s*(\d{4})", text):
        first, last = _words(match[1]), _words(match[2])
    elif text.startswith(("til ", "until ", "senest ")):
        first, last = When(None), _words(raw.split(" ", 1)[1])
    elif len(
        parts := BETWEEN.split(re.sub(r"^(?:fra|from)\s+", "", raw, flags=re.I), maxsplit=1)
    ) == 2 and all(parts):
        first, last = (_words(part.strip()) for part in parts)
    elif text.startswith(("fra ", "from ", "siden ", "since ")):
        first, last = _words(raw.split(" ", 1)[1]), When(None)
    else:
        whole = _words(raw)
        first = last = whole
    return _joined(raw, first, last)


def _joined(raw: str, first: When, last: When):
    """Both ends carry the whole cell's words; a period that runs backwards is asked about."""
    precision = first.precision if first.precision != "none" else last.precision
    backwards = first.start and last.end and last.end < first.start
    why = WHY_BACKWARDS if backwards else ""
    start = When(raw, first.start, first.end, first.precision, first.ask or bool(backwards), first.why or why)
    end = When(raw, last.start, last.end, last.precision, last.ask or bool(backwards), last.why or why)
    return start, end, precision
