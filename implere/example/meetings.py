"""The example's two meetings: the employees' one has been held, the leaders' one is open in its first board."""

import secrets

from implere.boards import commands as boards
from implere.example.tables import rows, today_at
from implere.initiatives.models import Cycle
from implere.meetings import commands
from implere.meetings.models import Meeting, Participant

PEOPLE = 12
NOTES_OF_LEADERS, NOTES_OF_EMPLOYEES = 26, 44


def _people(meeting: Meeting, count: int) -> list[Participant]:
    return [commands.join(meeting, secrets.token_hex(32)) for _person in range(count)]


def _first_board(meeting: Meeting):
    return next(a for a in meeting.activities.all() if a.mechanism == "board")


def _write(meeting: Meeting, who: str, most: int) -> list:
    """Everybody writes some of the example's notes on the first board."""
    board = _first_board(meeting)
    commands.open_activity(board)
    board.refresh_from_db()
    people = _people(meeting, PEOPLE)
    found = [row for row in rows("notes") if row["group"] == who][:most]
    return [
        (boards.place_note(board, people[number % len(people)], row["text"]), row)
        for number, row in enumerate(found)
    ]


def employees(cycle: Cycle, user) -> Meeting:
    """An employees' meeting that wrote, grouped, closed and released its picture, words and all."""
    meeting = commands.make_meeting(
        cycle, by=user, title="Medarbejderne i Ældre og Sundhed", audience="employees", template="employees_45",
        planned_at=today_at(8),
    )  # fmt: skip
    commands.open_meeting(meeting)
    notes = _write(meeting, "employees", NOTES_OF_EMPLOYEES)
    boards.show_notes(_first_board(meeting))
    grouping = next(a for a in meeting.activities.all() if a.config.get("becomes") and a.mechanism == "board")
    commands.open_activity(grouping)
    grouping.refresh_from_db()
    zones = {zone.theme.title: zone for zone in grouping.zones.select_related("theme")}
    for note, row in notes:
        theme = row["theme"].split(" + ")[0]
        if theme:
            zone = zones.get(theme) or boards.name_theme(grouping, theme)
            zones[theme] = zone
            boards.move_note(grouping, note.pk, zone.pk)
    commands.close_meeting(meeting)
    commands.release(meeting, words=True)
    return meeting


def leaders(cycle: Cycle, user) -> Meeting:
    """The leaders' meeting: open, everybody writing."""
    meeting = commands.make_meeting(
        cycle,
        by=user,
        title="Ledergruppen",
        audience="leaders",
        template="whole_method_3h",
        planned_at=today_at(9),
    )
    commands.open_meeting(meeting)
    _write(meeting, "leaders", NOTES_OF_LEADERS)
    return meeting
