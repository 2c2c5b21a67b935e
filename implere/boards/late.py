"""Late notes: how they are received, and how the desk offers them. Their words are seen there once the board's notes are."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from implere import rooms
from implere.boards import commands
from implere.boards.models import Note, Showing
from implere.meetings.doors import key_of
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Meeting
from implere.meetings.queries import words
from implere.meetings.stage import meeting_of

DRAWN = 20  # at once; the number says how many there are


@dataclass(frozen=True)
class LateNote:
    """A late note as the desk offers it; no text while the notes of its board are hidden."""

    id: object
    activity_id: object
    title: str
    text: str
    name: str


def receive(request, activity: Activity, participant, note_id=None) -> None:
    """What a phone sent too late: a note, or new words for one, which the facilitator gets as a note beside it."""
    zone_id = key_of(request, "cell")
    if note_id:
        earlier = Note.objects.filter(activity=activity, pk=note_id).first()
        zone_id = earlier.zone_id if earlier else None
    if "text" not in request.POST:
        raise Refused("not_possible_now")
    initiative_id = key_of(request, "initiative")
    commands.hand_in(
        activity, participant, request.POST["text"], zone_id=zone_id, initiative_id=initiative_id
    )


def waiting(meeting: Meeting) -> list[LateNote]:
    """The notes that wait for the facilitator's word, in the order of their random keys. Three queries, one where there are none."""
    rows = Note.objects.filter(activity__meeting=meeting, late="waiting").select_related("participant")
    notes = list(rows.order_by("pk"))
    if not notes:
        return []
    activities = {activity.pk: activity for activity in meeting.activities.all()}
    seen = set(Showing.objects.filter(activity__in=activities).values_list("activity_id", flat=True))
    worked_on = {kind for a in activities.values() if a.opened_at for kind in a.config.get("notes_from", [])}
    found = []
    for note in notes:
        activity = activities[note.activity_id]
        is_seen = activity.pk in seen or activity.kind in worked_on
        name = note.participant.name if note.participant and is_seen else ""
        text = note.text if is_seen else ""
        found.append(LateNote(note.pk, activity.pk, words(activity).title, text, name))
    return found


def draw(meeting: Meeting) -> str:
    """The region of the desk, empty where nothing waits."""
    notes = [] if meeting.closed_at else waiting(meeting)
    facts = {"meeting": meeting, "notes": notes[:DRAWN], "count": len(notes)}
    return render_to_string("boards/late.html", facts)


def draw_late_event(event, view: str, language: str) -> str:
    meeting = meeting_of(event)
    return draw(meeting) if meeting and view == "desk" else ""


rooms.events["late"] = draw_late_event
