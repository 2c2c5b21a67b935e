"""What stands on the agenda, what it is about, and what the facilitator did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from implere.initiatives.models import Initiative
from implere.meetings.models.meeting import Meeting
from implere.organisation.models import Owned


class Activity(Owned):
    """An item on the agenda. `mechanism` names who draws it, `kind` where its words came from in the method's data;
    `config` is that data's plain settings, copied so that a change of the data moves no meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    mechanism = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    question = models.CharField(max_length=200, blank=True)
    hint = models.CharField(max_length=400, blank=True)
    say = models.TextField(max_length=1000, blank=True)
    minutes = models.PositiveSmallIntegerField(default=10)
    anonymous = models.BooleanField(default=True)
    config = models.JSONField(default=dict)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # The timer: when it ends, or how many seconds were left when it was paused.
    ends_at = models.DateTimeField(null=True, blank=True)
    seconds_left = models.PositiveIntegerField(null=True, blank=True)
    seconds_used = models.PositiveIntegerField(default=0)
    # What the screen shows: a view by name, or one subject; blank for the activity's own picture.
    screen_view = models.CharField(max_length=40, blank=True)
    focus = models.ForeignKey("Subject", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False),
                name="activity_opens_before_it_closes",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(opened_at__isnull=False, closed_at=None),
                name="one_activity_is_open_at_a_time",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class ActivityKey(models.Model):
    """The key that ties a person to what that person wrote while an anonymous activity is open; gone when it closes."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="key")
    key = models.BinaryField()


class Subject(Owned):
    """What an activity is about: one row each, with its words at the time. The target of answers and decisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="subjects")
    initiative = models.ForeignKey(Initiative, on_delete=models.SET_NULL, null=True, related_name="subjects")
    code = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=400)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.text


class Deal(Owned):
    """What a small group was dealt in an activity: a row of the board (an approach), by its code."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="deals")
    group = models.ForeignKey("SmallGroup", on_delete=models.CASCADE)
    code = models.CharField(max_length=60)


class Step(Owned):
    """Something that the facilitator did, and can take back and do again until the meeting closes: the verb, the facts that its
    words need, and the rows that it changed (meetings/changes.py). Those that were taken back are the last ones."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, related_name="steps")
    number = models.PositiveIntegerField()  # 1, 2, 3 … in the meeting; no clock decides what came last
    verb = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_step_at_a_time")]
