"""Leaders' and employees' pictures side by side, as a view that the facilitator can put on the screen."""

from django.template.loader import render_to_string

from implere import rooms
from implere.boards import queries
from implere.meetings.queries import words


def draw(activity, viewer) -> str:
    facts = {"activity": activity, "words": words(activity), "sides": queries.side_by_side(activity.meeting)}
    return render_to_string("boards/sides.html", facts)


rooms.screens["sides"] = draw
