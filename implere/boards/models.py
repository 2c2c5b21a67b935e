"""Boards: notes in zones."""

import uuid

from django.db import models
from django.db.models import Q

from implere.initiatives.models import Initiative, Theme
from implere.meetings.models import Activity, Participant, SmallGroup, Subject  # noqa: F401
from implere.organisation.models import Owned

LATE = ("waiting", "taken", "left_out")


class Zone(Owned):
    """A field of an activity's board. A zone that is a theme has the theme's title and none of its own; a cell has the
    ids of its row and column in the method's data."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="zones")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, related_name="zones")
    row = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]


class Note(Owned):
    """A note. Random key from birth, so that its key tells no order.

    Its writer is `participant` where the activity has names, `writer` (an HMAC under the activity's key, over participant
    and activity) where it is anonymous and open, and nobody when it has closed. `version` rises with each change, so that
    two who change it at once are both told. One that came late is away from the board (`removed_at`) until it is taken in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="notes")
    zone = models.ForeignKey(Zone, on_delete=models.SET_NULL, null=True, related_name="notes")
    text = models.CharField(max_length=280)
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    writer = models.CharField(max_length=64, blank=True)
    # a hidden name: no step remembers whose group wrote a note (meetings/changes.py)
    group = models.ForeignKey(SmallGroup, on_delete=models.SET_NULL, null=True, related_name="+")
    dealt_to = models.ForeignKey(SmallGroup, on_delete=models.SET_NULL, null=True, related_name="dealt")
    by_hand = models.BooleanField(default=False)  # typed in from paper by the facilitator
    # came when the activity had closed: waiting for the facilitator's word, taken in, or left out
    late = models.CharField(max_length=10, blank=True, choices=[(word, word) for word in LATE])
    struck = models.BooleanField(default=False)  # personal data about somebody was struck, by law
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(participant=None) | Q(writer=""), name="a_note_has_a_name_or_a_tag_not_both"
            ),
            models.CheckConstraint(
                condition=Q(late__in=["", "taken"]) | Q(removed_at__isnull=False, writer="", group=None),
                name="a_late_note_is_away_and_untied",
            ),
        ]
        indexes = [models.Index(fields=["activity", "writer"], name="a_boards_own_notes")]


class Merge(Owned):
    """A note that lies under another; both texts are kept, and it can be parted again to where it was."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, related_name="merge")
    into = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="under")
    home = models.ForeignKey(Zone, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=models.F("into")), name="a_note_is_not_under_itself")
        ]


class Origin(Owned):
    """An initiative remembers the notes that it came from."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="origins")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="origins")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "initiative"], name="an_origin_once")]


class NoteSubject(Owned):
    """An initiative that a note points to, e.g. an answer about resources."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="about")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="pointed_to")


class Showing(Owned):
    """The facilitator has shown the others' notes of an activity."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="showing")
    at = models.DateTimeField(auto_now_add=True)
