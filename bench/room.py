"""A room to measure in: a municipality, an open brainstorm, phones."""

from itertools import count

from implere.accounts.commands import make_user
from implere.boards.models import Note
from implere.conftest import Phone
from implere.initiatives.models import Cycle
from implere.meetings import commands
from implere.organisation.models import Membership, Organisation

_numbers = count(1)


def open_board(notes: int, *, shown: bool = True):
    """(meeting, activity) with that many notes on the first board of a new meeting."""
    number = next(_numbers)
    organisation = Organisation.objects.create(name=f"Bench {number}")
    user = make_user(f"bench{number}", name="Bench")
    Membership.objects.create(organisation=organisation, user=user, role="facilitator")
    cycle = Cycle.objects.create(
        organisation=organisation, name="Bench", starts_on="2027-01-01", ends_on="2027-12-31"
    )
    meeting = commands.make_meeting(cycle, by=user, title="Bench", template="whole_method_3h")
    activity = meeting.activities.filter(mechanism="board").first()
    commands.open_activity(activity)
    Note.objects.bulk_create(
        Note(organisation=organisation, activity=activity, text=f"Seddel nummer {n} om noget, der haster")
        for n in range(notes)
    )
    if shown:
        from implere.boards.commands import show_notes

        show_notes(activity)
    meeting.refresh_from_db()
    return meeting, activity, user


def phone(meeting) -> Phone:
    return Phone(meeting)
