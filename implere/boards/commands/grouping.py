"""Putting notes where they belong: moving, merging, themes, initiatives. Each can be taken back."""

from django.db.models import Max
from django.utils import timezone

from implere.boards.models import Merge, Note, Origin, Zone
from implere.boards.queries import groups_notes, sources
from implere.initiatives.models import Initiative, Theme
from implere.live.commands import emit, write
from implere.meetings import reach
from implere.meetings.changes import appear, change, change_all, drop, make
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
        moved = change(note, zone_id=zone.pk if zone else None)
        take_step(activity.meeting, "move_note", activity=activity, by=by, changes=[moved])
        note.refresh_from_db()
        _tell(activity, note)
    return note


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
        carried = change_all(note.under.all(), into_id=into.pk)
        laid = make(Merge(organisation_id=note.organisation_id, note=note, into=into, home=note.zone))
        take_step(activity.meeting, "merge", activity=activity, by=by, changes=[*carried, laid])
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
        home = found.home_id if found.home and found.home.removed_at is None else None
        changes = [*drop(found), change(found.note, zone_id=home)]
        take_step(activity.meeting, "part", activity=activity, by=by, changes=changes)
        _tell(activity, found.note, found.into)


def _tell(activity: Activity, *notes) -> None:
    for note in notes:
        emit(activity.meeting.channel, "note", note=str(note.pk))


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
        zone = Zone.objects.filter(activity=activity, theme=theme).first()
        if zone and zone.removed_at is None:
            return zone
        changed = change(zone, removed_at=None) if zone else None
        zone = zone or zone_of(activity, theme)
        changed = changed or appear(zone, removed_at=timezone.now())
        take_step(activity.meeting, "name_theme", activity=activity, by=by, changes=[changed], title=title)
        emit(activity.meeting.channel, "stage")
    return zone


def zone_of(activity: Activity, theme: Theme) -> Zone:
    """A zone for the theme on this board."""
    return Zone.objects.create(
        organisation_id=activity.organisation_id, activity=activity, theme=theme, position=theme.position
    )


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
        if zone.theme.title == title:
            return
        renamed = change(zone.theme, title=title)
        take_step(
            activity.meeting,
            "rename_theme",
            activity=activity,
            by=by,
            changes=[renamed],
            title=renamed["was"]["title"],
        )
        emit(activity.meeting.channel, "stage")


def remove_theme(activity: Activity, zone_id, *, by=None) -> None:
    """Takes a theme's zone off the board; its notes lie without a theme again, and its initiatives keep it."""
    with write():
        reach.writable(activity)
        if zone := Zone.objects.filter(activity=activity, pk=zone_id, removed_at=None).first():
            removed = change(zone, removed_at=timezone.now())
            take_step(activity.meeting, "remove_theme", activity=activity, by=by, changes=[removed])
            emit(activity.meeting.channel, "stage")


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
            changes=[appear(made, removed_at=timezone.now())],
            title=made.title,
        )
        emit(activity.meeting.channel, "stage")
    return made
