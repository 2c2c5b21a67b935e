"""What one participant has written or been dealt, or may put together."""

from implere.boards.models import Note
from implere.boards.queries.matrix import zone_words
from implere.boards.queries.state import is_shown, sources
from implere.boards.queries.views import NoteView, list_id
from implere.boards.queries.whole import notes
from implere.meetings import anonymity
from implere.meetings.models import Activity


def groups_notes(activity: Activity, participant) -> list[NoteView]:
    """The notes that the participant's small group may put together: its own, on top of their piles, once all are shown."""
    if participant is None or not activity.config.get("groups_merge") or not is_shown(activity):
        return []
    group = participant.group.number if participant.group else None
    return [note for note in notes(activity)[0] if note.group == group and not note.by_hand]


def own_notes(activity: Activity, participant) -> list[NoteView]:
    """The notes that this participant has written on the board and may still change."""
    if participant is None:
        return []
    wrote = anonymity.authorship(activity, participant, activity.pk)
    if not any(wrote.values()):
        return []
    mine = Note.objects.filter(activity=activity, removed_at=None, **wrote)
    return [own_view(row) for row in mine.select_related("zone__theme", "activity").order_by("pk")]


def own_view(row: Note) -> NoteView:
    """A note as its writer sees it: where it lies stands with it."""
    about = (zone_words(row.activity, row.zone),) if row.zone else ()
    return NoteView(
        row.pk,
        row.text,
        row.version,
        row.zone_id,
        list_id(row.activity, row.zone_id),
        struck=row.struck,
        about=about,
    )


def dealt(activity: Activity, participant) -> list[NoteView]:
    """The notes that this participant's small group was dealt on the board; all of them where there are no groups."""
    views, _removed = notes(activity)
    if participant is None or participant.group_id is None:
        return views if participant is not None else []
    mine = set(
        Note.objects.filter(activity__in=sources(activity), dealt_to=participant.group_id).values_list(
            "pk", flat=True
        )
    )
    return [view for view in views if view.id in mine]
