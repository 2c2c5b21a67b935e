"""Leaders' and employees' pictures side by side."""

from collections import defaultdict

from implere.boards.models import Note
from implere.meetings.models import Meeting


def released(meeting: Meeting) -> list[Meeting]:
    """The other meetings of the cycle whose group has released its picture."""
    return list(
        Meeting.objects.filter(cycle_id=meeting.cycle_id, release__isnull=False)
        .exclude(pk=meeting.pk)
        .select_related("release")
    )


def side_by_side(meeting: Meeting) -> dict:
    """Leaders' and employees' themes: what both named, what only one did. {"both", "ours", "theirs"}: [(title, the employees'
    words, where their group released them)]. Four queries."""
    others = released(meeting)
    ours, theirs = _themes_with_notes([meeting.pk]), _themes_with_notes([m.pk for m in others])
    words = _themes_with_notes([m.pk for m in others if m.release.words])
    sides = {
        "both": ours.keys() & theirs.keys(),
        "ours": ours.keys() - theirs.keys(),
        "theirs": theirs.keys() - ours.keys(),
    }
    return {
        side: [(title, words.get(title, [])) for title in sorted(titles)] for side, titles in sides.items()
    }


def _themes_with_notes(meeting_ids: list) -> dict[str, list[str]]:
    """{a theme's title: the notes in it}, of these meetings."""
    rows = Note.objects.filter(
        zone__activity__meeting__in=meeting_ids,
        zone__theme__isnull=False,
        zone__removed_at=None,
        removed_at=None,
    )
    found = defaultdict(list)
    for title, text in rows.order_by("pk").values_list("zone__theme__title", "text"):
        found[title].append(text)
    return found
