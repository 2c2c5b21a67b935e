"""Where the header is, and which column is what: by the words of the header first, by what stands in the columns second."""

import re
from dataclasses import dataclass

from implere.initiatives.bringing import dates, words

FIELDS = ("title", "owner", "department", "start", "end", "period", "status", "notes", "hours_per_week")
# Words that name a field, the surest first. A header is compared whole, then by its words.
NAMES = {
    "title": ("tiltag", "titel", "title", "initiativ", "initiative", "indsats", "projekt", "project", "navn på tiltag", "navn", "name", "aktivitet", "activity", "opgave", "emne", "punkt", "hvad", "what", "task", "handling"),
    "owner": ("tovholder", "ansvarlig", "ejer", "owner", "projektleder", "projektejer", "ansvarlig leder", "responsible", "lead", "kontaktperson", "hvem", "who", "leder", "manager", "styregruppeformand"),
    "department": ("forvaltning", "afdeling", "område", "center", "enhed", "department", "unit", "fagområde", "direktørområde", "sektor", "division", "team", "hvor", "area", "magistrat", "udvalg"),
    "start": ("start", "startdato", "opstart", "begynder", "start date", "starts", "fra", "from", "påbegyndt", "igangsat", "begin", "startmåned", "starttidspunkt"),
    "end": ("slut", "slutdato", "deadline", "frist", "end", "end date", "ends", "til", "to", "afsluttes", "færdig", "due", "due date", "afslutning", "forventet slut", "sluttidspunkt"),
    "period": ("periode", "tidsrum", "tidsplan", "period", "timeframe", "hvornår", "when", "varighed", "løbetid", "tid"),
    "status": ("status", "fase", "stade", "tilstand", "state", "stage", "phase", "fremdrift"),
    "notes": ("bemærkninger", "bemærkning", "noter", "note", "notes", "kommentar", "kommentarer", "comments", "comment", "beskrivelse", "description", "remarks", "uddybning", "formål", "indhold"),
    "hours_per_week": ("timer/uge", "timer pr. uge", "timer", "hours", "hours/week", "hours per week", "ressourcer", "timeforbrug"),
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """The header's row (counted from 1, 0 for none) and {column (from 0): field}; `headers` are the words as written."""

    header_row: int
    fields: dict[int, str]
    headers: list[str]

    def of(self, name: str) -> int | None:
        return next((column for column, field in self.fields.items() if field == name), None)


def likeness(header: str, field: str) -> float:
    """How surely a header names a field: 1 the word itself, less for a part of a longer header; 0 not at all."""
    text = re.sub(r"[^\wæøå/ .]", " ", words.tidy(header).casefold()).strip(" .:")
    if not text or len(text) > 60:
        return 0.0
    best = 0.0
    tokens = re.findall(r"[\wæøå]+", text)
    for place, name in enumerate(NAMES[field]):
        rank = 1 - place * 0.01
        if text == name:
            best = max(best, rank)
        elif len(tokens) <= 5 and (name in tokens or (" " in name and name in text)):
            best = max(best, 0.75 * rank)
        elif (
            len(tokens) <= 3
            and len(name) >= 5
            and any(t.startswith(name) or t.endswith(name) for t in tokens)
        ):
            best = max(best, 0.6 * rank)
    return best


def find(
    rows: list[list], wanted: dict[int, str] | None = None, header_row: int | None = None
) -> Columns | None:
    """The header among the first thirty rows, and the fields of its columns; `wanted` corrects them. None where no column can be
    the title's."""
    candidates = [header_row] if header_row else range(1, min(len(rows), 30) + 1)
    width = max((len(row) for row in rows), default=0)
    best, best_score = None, 0.0
    for number in candidates:
        row = rows[number - 1]
        fields = _assigned(row)
        score = sum(likeness(str(row[column]), field) for column, field in fields.items())
        texts = sum(1 for value in row if isinstance(value, str) and value.strip())
        names_the_list = len(fields) > 1 or "title" in fields.values()
        enough = texts >= 2 or (width == 1 and score > 0.8)  # one column: the very word alone
        if enough and names_the_list and score > best_score + 0.001:
            best, best_score = number, score
    if best is None and header_row is None:
        return _without_header(rows, wanted)
    number = best or header_row
    headers = [words.tidy(value) for value in rows[number - 1]]
    fields = _assigned(rows[number - 1])
    fields = _by_content(fields, rows[number:], len(headers))
    if wanted:
        fields = {c: f for c, f in fields.items() if c not in wanted and f not in wanted.values()} | {
            c: f for c, f in wanted.items() if f
        }
    return Columns(number, fields, headers) if "title" in fields.values() else None


def _assigned(row: list) -> dict[int, str]:
    """Each field to its surest column, each column once."""
    rated = sorted(
        (
            (likeness(str(value), field), -column, field)
            for column, value in enumerate(row)
            if isinstance(value, str)
            for field in FIELDS
        ),
        reverse=True,
    )
    found: dict[int, str] = {}
    for score, minus, field in rated:
        if score > 0 and -minus not in found and field not in found.values():
            found[-minus] = field
    return found


def _by_content(fields: dict[int, str], body: list[list], width: int) -> dict[int, str]:
    """What the header did not tell: a column of short, different texts before all others can be the title."""
    found = dict(fields)
    if "title" not in found.values():
        free = [column for column in range(width) if column not in found]
        texts = {
            column: [
                words.tidy(row[column]) for row in body if column < len(row) and isinstance(row[column], str)
            ]
            for column in free
        }
        rated = [
            (len(set(t)) / (column + 1), column)
            for column, t in texts.items()
            if len(t) >= max(1, len(body) // 3) and not _dates(t)
        ]
        if rated:
            found[max(rated)[1]] = "title"
    return found


def _dates(texts: list[str]) -> bool:
    read = [dates.read(text) for text in texts if text]
    return bool(read) and sum(1 for when in read if when.start or when.precision == "ongoing") > len(read) / 2


def _without_header(rows: list[list], wanted) -> Columns | None:
    """A list of titles without any header: one column, or what the reader says."""
    if wanted:
        fields = {column: name for column, name in wanted.items() if name}
        first = next(
            (n for n, row in enumerate(rows, start=1) if sum(isinstance(v, str) for v in row) >= len(fields)),
            0,
        )
        headers = [words.tidy(value) for value in rows[first - 1]] if first else []
        return Columns(first, fields, headers) if "title" in fields.values() else None
    used = {column for row in rows for column, value in enumerate(row) if value not in (None, "")}
    texts = [row[0] for row in rows if row and isinstance(row[0], str)]
    if used == {0} and texts and not _dates(texts):
        return Columns(0, {0: "title"}, [])
    return None
