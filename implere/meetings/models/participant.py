"""Who takes part: a device that joined, and the small group that it sits in."""

import uuid

from django.db import models

from implere.meetings.models.meeting import Meeting
from implere.organisation.models import Owned


class SmallGroup(Owned):
    """A filter on the meeting's boards, never a board of its own."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="group_number_once")]

    def __str__(self):
        return str(self.number)


class Participant(Owned):
    """A device in a meeting. `device_hash` differs from meeting to meeting, so that two meetings can't be joined."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    device_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=60, blank=True)
    group = models.ForeignKey(SmallGroup, on_delete=models.SET_NULL, null=True, related_name="participants")
    here = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "device_hash"], name="one_participant_a_device")
        ]
