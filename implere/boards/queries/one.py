"""One note, as each event draws it."""

from uuid import UUID

from implere.boards.models import Note, NoteSubject, Origin
from implere.boards.queries.state import sources, zones_in_use
from implere.boards.queries.views import NoteView, view_of
from implere.live.prepared import FIRST, Prepared
from implere.meetings.models import Activity

_on_top = Prepared(lambda pk: Note.objects.filter(pk=pk, removed_at=None, merge=None).order_by(), FIRST)


_about = Prepared(lambda pk: NoteSubject.objects.filter(note=pk).values_list("initiative__title"), FIRST)


_became = Prepared(
    lambda pk: Origin.objects.filter(note=pk, initiative__removed_at=None).values_list("initiative__title"),
    FIRST,
)


_under = Prepared(lambda pk: Note.objects.filter(merge__into=pk).order_by(), FIRST)


def one_note(activity: Activity, note_id, zones=None) -> NoteView | None:
    """One note of the board, wherever it lies; None if it is gone or lies under another. Its cost does not grow. `zones` as
    from zones_in_use."""
    row = _on_top.one(UUID(str(note_id)))
    if row is None or row.activity_id not in sources(activity):
        return None
    links = (_about, _became)
    about, became = ({row.pk: [title for (title,) in link.all(row.pk)]} for link in links)
    zones = zones_in_use(activity) if zones is None else zones
    return view_of(activity, row, {zone.pk for zone in zones}, about, became, {row.pk: _under.all(row.pk)})
