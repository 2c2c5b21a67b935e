"""What a participant does with notes of its own."""

from django.utils import timezone

from implere.boards.models import Note, NoteSubject, Zone
from implere.boards.queries import asks_for_initiative
from implere.initiatives.models import Initiative
from implere.live.commands import emit, write
from implere.meetings import anonymity, reach
from implere.meetings.errors import Refused
from implere.meetings.models import Activity

LONGEST = 280  # characters; the phone says 140 as the aim, and this is where it ends


def clean(text: str) -> str:
    """The text as it is kept: no white space around it, no control signs in it; else Refused."""
    kept = (c for c in text if c in "\n\t" or c.isprintable() or c in "\u200d\u200f\u200e\u2060")
    text = "".join(kept).strip()
    if not text:
        raise Refused("empty")
    if len(text) > LONGEST:
        raise Refused("too_long", over=len(text) - LONGEST)
    return text


def place_note(activity: Activity, participant, text: str, *, zone_id=None, initiative_id=None) -> Note:
    """A participant writes a note. In a matrix it names its cell; where the column asks for an initiative, one as well."""
    with write():
        reach.writable(activity)
        if not activity.config.get("write"):
            raise Refused("not_possible_now")
        if not activity.anonymous and not participant.name:
            raise Refused("missing_name")
        wrote = anonymity.authorship(activity, participant, activity.pk)
        most = activity.config.get("per_person")
        if most and Note.objects.filter(activity=activity, removed_at=None, **wrote).count() >= most:
            raise Refused("too_many")
        zone = zone_in(activity, zone_id)
        note = Note.objects.create(
            organisation_id=activity.organisation_id,
            activity=activity,
            zone=zone,
            text=clean(text),
            group_id=participant.group_id,
            **wrote,
        )
        point_to(note, zone, initiative_id)
        emit(activity.meeting.channel, "note", note=str(note.pk))
    return note


def zone_in(activity: Activity, zone_id) -> Zone | None:
    """The zone of this board; a matrix has no place outside its cells."""
    zone = Zone.objects.filter(activity=activity, pk=zone_id, removed_at=None).first() if zone_id else None
    if zone_id and zone is None or (zone is None and isinstance(activity.config.get("zones"), dict)):
        raise Refused("not_possible_now")
    return zone


def point_to(note: Note, zone: Zone | None, initiative_id) -> None:
    """The note points to an initiative of the cycle; a cell that asks for one takes no note without."""
    if not initiative_id:
        if zone is not None and asks_for_initiative(note.activity, zone.column):
            raise Refused("which_initiative")
        return
    found = Initiative.objects.filter(
        pk=initiative_id, cycle_id=note.activity.meeting.cycle_id, removed_at=None
    ).first()
    if found is None:
        raise Refused("not_possible_now")
    NoteSubject.objects.create(organisation_id=note.organisation_id, note=note, initiative=found)


def own_note(activity: Activity, participant, note_id) -> Note:
    """The participant's own note on this board, or Refused."""
    wrote = anonymity.authorship(activity, participant, activity.pk)
    note = (
        Note.objects.filter(activity=activity, pk=note_id, **wrote).first() if any(wrote.values()) else None
    )
    if note is None:
        raise Refused("not_yours")
    return note


def reword_note(activity: Activity, participant, note_id, text: str, *, version: int) -> Note:
    """Changes one's own note. Where it was changed in the meantime (another tab), the other text stays and this one is kept as
    a note of its own: nothing disappears."""
    with write():
        reach.writable(activity)
        note = own_note(activity, participant, note_id)
        text = clean(text)
        if note.text == text:
            return note
        if note.version != version or note.struck:
            return place_note(activity, participant, text, zone_id=note.zone_id)
        Note.objects.filter(pk=note.pk).update(text=text, version=version + 1)
        emit(activity.meeting.channel, "note", note=str(note.pk))
    note.refresh_from_db()
    return note


def remove_note(activity: Activity, participant, note_id) -> None:
    """Takes one's own note back. Harmless when repeated."""
    with write():
        reach.writable(activity)
        note = own_note(activity, participant, note_id)
        if note.removed_at is None:
            Note.objects.filter(pk=note.pk).update(removed_at=timezone.now(), version=note.version + 1)
            emit(activity.meeting.channel, "note", note=str(note.pk))
