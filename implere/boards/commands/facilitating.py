"""What the facilitator does with a board: showing it, dealing it out, typing paper in, striking, taking away."""

from django.utils import timezone

from implere.boards.commands.grouping import note_on
from implere.boards.commands.writing import clean, point_to, zone_in
from implere.boards.models import Note, Showing
from implere.boards.queries import matrix_entries, sources
from implere.live.commands import emit, write
from implere.meetings import reach
from implere.meetings.changes import appear, change, drop, make
from implere.meetings.commands import take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Deal
from implere.rules import dealing

STRUCK = "█████"


def show_notes(activity: Activity, *, by=None) -> None:
    """Shows the others' notes to the room, shuffled. Harmless when repeated."""
    with write():
        if not Showing.objects.filter(activity=activity).exists():
            made = make(Showing(activity=activity, organisation_id=activity.organisation_id))
            take_step(activity.meeting, "show_notes", activity=activity, by=by, changes=[made])
            emit(activity.meeting.channel, "stage")


def hide_notes(activity: Activity, *, by=None) -> None:
    with write():
        if showing := Showing.objects.filter(activity=activity).first():
            take_step(activity.meeting, "hide_notes", activity=activity, by=by, changes=drop(showing))
            emit(activity.meeting.channel, "stage")


def take_away(activity: Activity, note_id, *, by=None) -> None:
    """Takes a note off the board. It can be put back until the meeting closes."""
    with write():
        note = note_on(activity, note_id)
        taken = change(note, removed_at=timezone.now())
        take_step(activity.meeting, "take_away", activity=activity, by=by, changes=[taken])
        emit(activity.meeting.channel, "note", note=str(note.pk))


def strike_note(activity: Activity, note_id, words: str = "", *, by=None) -> None:
    """Strikes personal data in a note, by law, with a visible mark: the words, or the whole text. This alone can't be taken
    back: what was struck is gone."""
    with write():
        note = note_on(activity, note_id)
        words = words.strip()
        if words and words not in note.text:
            raise Refused("words_not_there")
        text = note.text.replace(words, STRUCK)[:280] if words else STRUCK
        Note.objects.filter(pk=note.pk).update(text=text, struck=True, version=note.version + 1)
        emit(activity.meeting.channel, "note", note=str(note.pk))


def type_in(activity: Activity, text: str, *, zone_id=None, initiative_id=None, by=None) -> list[Note]:
    """Notes written by hand, typed in by the facilitator: one for each line, marked as such."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refused("empty")
    with write():
        reach.writable(activity)
        zone = zone_in(activity, zone_id)
        notes = [
            Note.objects.create(
                organisation_id=activity.organisation_id,
                activity=activity,
                zone=zone,
                text=clean(line),
                by_hand=True,
            )
            for line in lines
        ]
        for note in notes:
            point_to(note, zone, initiative_id)
            emit(activity.meeting.channel, "note", note=str(note.pk))
        take_step(
            activity.meeting,
            "type_in",
            activity=activity,
            by=by,
            changes=[appear(note, removed_at=timezone.now()) for note in notes],
            count=len(notes),
        )
    return notes


def deal_notes(activity: Activity) -> None:
    """Deals the notes that lie in no zone evenly to the small groups. Those that were dealt stay."""
    groups = list(activity.meeting.groups.all())
    if not groups:
        return
    loose = Note.objects.filter(activity__in=sources(activity), removed_at=None, merge=None, dealt_to=None)
    notes = sorted(loose, key=lambda note: note.pk)
    for group, pile in zip(groups, dealing.deal(notes, len(groups), seed=activity.pk.int), strict=True):
        Note.objects.filter(pk__in=[note.pk for note in pile]).update(dealt_to=group)


def deal_rows(activity: Activity) -> None:
    """Deals the board's rows (an approach each) to the small groups, round and round."""
    groups = list(activity.meeting.groups.all())
    rows = [code for code, _words in matrix_entries(activity, "rows")]
    if not groups or activity.deals.exists():
        return
    for place in range(max(len(groups), len(rows))):
        Deal.objects.create(
            organisation_id=activity.organisation_id,
            activity=activity,
            group=groups[place % len(groups)],
            code=rows[place % len(rows)],
        )
