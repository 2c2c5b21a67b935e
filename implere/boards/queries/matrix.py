"""Boards with rows and columns: their words come from the method's data."""

from implere.boards.models import Zone
from implere.meetings.models import Activity
from implere.method import reader


def matrix_entries(activity: Activity, side: str, method=None) -> list[tuple[str, str]]:
    """(id, words) of the board's rows or columns, by its settings."""
    method = method or reader.load()
    name = activity.config["zones"][side]
    return [(entry.id, str(getattr(entry, "name", None) or entry.text)) for entry in getattr(method, name)]


def column_title(activity, code: str, method) -> str:
    if not isinstance(activity.config.get("zones"), dict):
        return ""
    return dict(matrix_entries(activity, "columns", method)).get(code, code)


def asks_for_initiative(activity, code: str, method=None) -> bool:
    """Whether a note in this column must point to an initiative."""
    method = method or reader.load()
    if not isinstance(activity.config.get("zones"), dict):
        return False
    entries = getattr(method, activity.config["zones"]["columns"])
    return any(e.id == code and getattr(e, "asks_for_initiative", False) for e in entries)


def slot(activity, code: str, method) -> int:
    """The colour slot of a row that is an approach; 0 for any other."""
    found = method.approach(code) if code else None
    return found.colour if found else 0


def zone_words(activity: Activity, zone: Zone) -> str:
    """Where a cell of a matrix is, in words."""
    if not isinstance(activity.config.get("zones"), dict):
        return zone.theme.title if zone.theme else ""
    rows, columns = dict(matrix_entries(activity, "rows")), dict(matrix_entries(activity, "columns"))
    return f"{rows.get(zone.row, '')} · {columns.get(zone.column, '')}"
