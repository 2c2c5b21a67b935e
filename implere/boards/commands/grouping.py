"""Putting notes where they belong: moving, merging, themes, initiatives. Each can be taken back."""

from django.db.models import Max
from django.utils import timezone

from implere.boards.models import Merge, Note, Origin, Zone
from implere.boards.queries import groups_notes, sources
from implere.initiatives.models import Initiative, Theme
from implere.live.commands import emit, write
from implere.meetings import reach
from implere.meetings.commands import take_step
from implere.meetings.errors import Refused
from implere.meetings.models import Activity

LONGEST_TITLE = 120


def note_on(activity: Activity, note_id) -> Note:
    """The note on this board, or Refused: another board's note does not exist here."""
    note = Note.objects.filter(activity__in=sources(activity), pk=note_id, removed_at=None).first()
    if note is None:
        raise Refused("note_gone")
    return note


def move_note(activity: Activity, note_id, zone_id, *, version: int | None = None, by=None) -> Note:
    """Moves a note to a zone, or out of all of them (zone_id None). Moving it to where it is does nothing. `version` is what
    the mover saw: if somebody moved it in the meantime, it stays where that one put it."""
    with write():
        reach.writable(activity)
        if not activity.config.get("move"):
            raise Refused("not_possible_now")
        note = note_on(activity, note_id)
        zone = (
            Zone.objects.filter(activity=activity, pk=zone_id, removed_at=None).first() if zone_id else None
        )
        if zone_id and zone is None:
            raise Refused("theme_gone")
        if note.zone_id == (zone.pk if zone else None):
            return note
        if version is not None and version != note.version:
            raise Refused("moved_by_another")
        take_step(
            activity.meeting,
            "move_note",
            activity=activity,
            by=by,
            note=str(note.pk),
            zone=_text(note.zone_id),
        )
        _put(activity, note, zone)
    return note


def _text(pk) -> str:
    return str(pk) if pk else ""


def _put(activity: Activity, note: Note, zone: Zone | None) -> None:
    Note.objects.filter(pk=note.pk).update(zone=zone, version=note.version + 1)
    note.refresh_from_db()
    emit(activity.meeting.channel, "note", note=str(note.pk))


def undo_move_note(step) -> None:
    note = Note.objects.filter(pk=step.facts["note"]).first()
    zone = Zone.objects.filter(pk=step.facts["zone"]).first() if step.facts["zone"] else None
    if note:
        _put(step.activity, note, zone)


def merge(activity: Activity, note_id, into_id, *, by=None) -> None:
    """Lays a note under another. Both texts are kept. What lay under the first comes along."""
    with write():
        reach.writable(activity)
        note, into = note_on(activity, note_id), note_on(activity, into_id)
        if (
            note.pk == into.pk
            or Merge.objects.filter(note=into).exists()
            or Merge.objects.filter(note=note).exists()
        ):
            raise Refused("not_possible_now")
        carried = list(note.under.values_list("note_id", flat=True))
        Merge.objects.filter(into=note).update(into=into)
        Merge.objects.create(organisation_id=note.organisation_id, note=note, into=into, home=note.zone)
        take_step(
            activity.meeting,
            "merge",
            activity=activity,
            by=by,
            note=str(note.pk),
            carried=[str(pk) for pk in carried],
        )
        _tell(activity, note, into)


def merge_all(activity: Activity, note_ids: list, *, by=None) -> None:
    """Lays the other notes under the first of them."""
    if len(note_ids) < 2:
        raise Refused("tick_two")
    with write():
        for note_id in note_ids[1:]:
            merge(activity, note_id, note_ids[0], by=by)


def merge_in_group(activity: Activity, participant, note_ids: list) -> None:
    """A small group puts its own notes together, when the notes are shown."""
    with write():
        reach.writable(activity)
        if not set(note_ids) <= {note.id for note in groups_notes(activity, participant)}:
            raise Refused("note_gone")
        merge_all(activity, note_ids)


def part(activity: Activity, note_id, *, by=None) -> None:
    """Takes a note out from under another, back to where it was."""
    with write():
        reach.writable(activity)
        found = (
            Merge.objects.filter(note=note_on(activity, note_id))
            .select_related("note", "into", "home")
            .first()
        )
        if found is None:
            return
        take_step(
            activity.meeting,
            "part",
            activity=activity,
            by=by,
            note=str(found.note_id),
            into=str(found.into_id),
        )
        _part(activity, found)


def _part(activity: Activity, found: Merge) -> None:
    home = found.home if found.home and found.home.removed_at is None else None
    Note.objects.filter(pk=found.note_id).update(zone=home, version=found.note.version + 1)
    found.delete()
    _tell(activity, found.note, found.into)


def _tell(activity: Activity, *notes) -> None:
    for note in notes:
        emit(activity.meeting.channel, "note", note=str(note.pk))


def undo_merge(step) -> None:
    found = Merge.objects.filter(note=step.facts["note"]).select_related("note", "into", "home").first()
    if found:
        note = found.note
        _part(step.activity, found)
        Merge.objects.filter(note__in=step.facts["carried"]).update(into=note)


def undo_part(step) -> None:
    note = Note.objects.filter(pk=step.facts["note"]).first()
    into = Note.objects.filter(pk=step.facts["into"]).first()
    if note and into and not Merge.objects.filter(note=note).exists():
        Merge.objects.create(organisation_id=note.organisation_id, note=note, into=into, home=note.zone)
        _tell(step.activity, note, into)


def name_theme(activity: Activity, title: str, *, by=None) -> Zone:
    """A new theme, with its zone. A theme that is there already gets no twin."""
    title = _title(title)
    with write():
        reach.writable(activity)
        cycle_id = activity.meeting.cycle_id
        theme = Theme.objects.filter(cycle_id=cycle_id, title__iexact=title).first()
        if theme is None:
            last = Theme.objects.filter(cycle_id=cycle_id).aggregate(last=Max("position"))["last"] or 0
            theme = Theme.objects.create(
                organisation_id=activity.organisation_id, cycle_id=cycle_id, title=title, position=last + 1
            )
        zone = zone_of(activity, theme)
        take_step(activity.meeting, "name_theme", activity=activity, by=by, zone=str(zone.pk), title=title)
        emit(activity.meeting.channel, "stage")
    return zone


def zone_of(activity: Activity, theme: Theme) -> Zone:
    """The theme's zone on this board, made or brought back."""
    zone = Zone.objects.filter(activity=activity, theme=theme).first()
    if zone is None:
        return Zone.objects.create(
            organisation_id=activity.organisation_id, activity=activity, theme=theme, position=theme.position
        )
    if zone.removed_at:
        zone.removed_at = None
        zone.save(update_fields=["removed_at"])
    return zone


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused("empty")
    if len(title) > LONGEST_TITLE:
        raise Refused("too_long", over=len(title) - LONGEST_TITLE)
    return title


def rename_theme(activity: Activity, zone_id, title: str, *, by=None) -> None:
    title = _title(title)
    with write():
        reach.writable(activity)
        zone = (
            Zone.objects.filter(activity=activity, pk=zone_id, theme__isnull=False)
            .select_related("theme")
            .first()
        )
        if zone is None:
            raise Refused("theme_gone")
        take_step(
            activity.meeting,
            "rename_theme",
            activity=activity,
            by=by,
            theme=str(zone.theme_id),
            title=zone.theme.title,
        )
        Theme.objects.filter(pk=zone.theme_id).update(title=title)
        emit(activity.meeting.channel, "stage")


def undo_rename_theme(step) -> None:
    Theme.objects.filter(pk=step.facts["theme"]).update(title=step.facts["title"])


def remove_theme(activity: Activity, zone_id, *, by=None) -> None:
    """Takes a theme's zone off the board; its notes lie without a theme again, and its initiatives keep it."""
    with write():
        reach.writable(activity)
        if Zone.objects.filter(activity=activity, pk=zone_id, removed_at=None).update(
            removed_at=timezone.now()
        ):
            take_step(activity.meeting, "remove_theme", activity=activity, by=by, zone=str(zone_id))
            emit(activity.meeting.channel, "stage")


def undo_remove_theme(step) -> None:
    Zone.objects.filter(pk=step.facts["zone"]).update(removed_at=None)


def undo_name_theme(step) -> None:
    Zone.objects.filter(pk=step.facts["zone"]).update(removed_at=timezone.now())


def make_initiative(activity: Activity, note_ids: list, title: str = "", *, by=None) -> Initiative:
    """Notes become an initiative, which remembers them. Without a title it takes the first note's text."""
    with write():
        reach.writable(activity)
        notes = [note_on(activity, pk) for pk in note_ids]
        if not notes:
            raise Refused("empty")
        under = Note.objects.filter(merge__into__in=notes)
        zone = notes[0].zone if notes[0].zone and notes[0].zone.theme_id else None
        last = (
            Initiative.objects.filter(cycle_id=activity.meeting.cycle_id).aggregate(last=Max("position"))[
                "last"
            ]
            or 0
        )
        made = Initiative.objects.create(
            organisation_id=activity.organisation_id,
            cycle_id=activity.meeting.cycle_id,
            theme_id=zone.theme_id if zone else None,
            title=_title(title or notes[0].text[:LONGEST_TITLE]),
            source=Initiative.Source.MEETING,
            status=Initiative.Status.UNKNOWN,
            position=last + 1,
        )
        Origin.objects.bulk_create(
            Origin(organisation_id=made.organisation_id, note=note, initiative=made)
            for note in [*notes, *under]
        )
        take_step(
            activity.meeting,
            "make_initiative",
            activity=activity,
            by=by,
            initiative=str(made.pk),
            title=made.title,
        )
        emit(activity.meeting.channel, "stage")
    return made


def undo_make_initiative(step) -> None:
    Initiative.objects.filter(pk=step.facts["initiative"]).update(removed_at=timezone.now())


INVERSE = {
    "move_note": undo_move_note,
    "merge": undo_merge,
    "part": undo_part,
    "name_theme": undo_name_theme,
    "rename_theme": undo_rename_theme,
    "remove_theme": undo_remove_theme,
    "make_initiative": undo_make_initiative,
}
