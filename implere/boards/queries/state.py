"""What a board works on, whether it is shown, how much lies where."""

from collections import Counter

from django.db.models import Count
from django.db.models.functions import Coalesce

from implere.boards.models import Note, Showing, Zone
from implere.boards.queries.views import list_id
from implere.live.prepared import FIRST, Prepared
from implere.meetings.models import Activity


def sources(activity: Activity) -> list:
    """The ids of the activities whose notes lie on this board: its own, and those it works on."""
    kinds = activity.config.get("notes_from", [])
    earlier = Activity.objects.filter(meeting_id=activity.meeting_id, kind__in=kinds).values_list(
        "pk", flat=True
    )
    return [activity.pk, *earlier] if kinds else [activity.pk]


_open = Prepared(
    lambda meeting: Activity.objects.filter(
        meeting=meeting, mechanism="board", opened_at__isnull=False, closed_at=None
    ).order_by(),
    FIRST,
)


_shown = Prepared(lambda activity: Showing.objects.filter(activity=activity).values_list("pk"), FIRST)


def open_board(meeting_id) -> Activity | None:
    """The meeting's open activity, where that is a board."""
    return _open.one(meeting_id)


def is_shown(activity: Activity) -> bool:
    """Whether the room may see the notes: the facilitator has shown them, or the board works on notes that were shown."""
    return bool(activity.config.get("notes_from")) or _shown.one(activity.pk) is not None


def may_be_kept(activity: Activity) -> bool:
    """Whether the notes may stand in a file: once they were shown, or when the meeting is over, so that nothing is lost."""
    return is_shown(activity) or activity.meeting.closed_at is not None


_count = Prepared(
    lambda pk: Note.objects.filter(activity=pk, removed_at=None)
    .values_list("activity").annotate(Count("pk")).values_list("pk__count").order_by(),
    FIRST,
)  # fmt: skip


def count(activity: Activity) -> int:
    """How many notes lie on the board."""
    if not activity.config.get("notes_from"):
        return (_count.one(activity.pk) or (0,))[0]
    return Note.objects.filter(activity__in=sources(activity), removed_at=None).count()


def zones_in_use(activity: Activity) -> list[Zone]:
    """The board's zones with their themes, in order. One query; a board of one field has none."""
    if activity.config.get("zones") == "one":
        return []
    return list(Zone.objects.filter(activity=activity, removed_at=None).select_related("theme"))


def zone_counts(activity: Activity, zones: list[Zone]) -> list[tuple[str, int]]:
    """(the zone's list in the page, how many notes lie in it, those under others among them). One query."""
    if not zones:
        return [(list_id(activity, None), count(activity))]
    rows = Note.objects.filter(activity__in=sources(activity), removed_at=None)
    lies = rows.values_list(Coalesce("merge__into__zone_id", "zone_id")).annotate(Count("pk")).order_by()
    counts = Counter(dict(lies))
    found = [(list_id(activity, zone.pk), counts.pop(zone.pk, 0)) for zone in zones]
    if isinstance(activity.config.get("zones"), dict):
        return found
    return [*found, (list_id(activity, None), counts.total())]


def themes(zones: list[Zone]) -> list[tuple[str, str]]:
    """(zone id, title) of the zones that are themes."""
    return [(str(zone.pk), zone.theme.title) for zone in zones if zone.theme]
