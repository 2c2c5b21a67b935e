"""The log: what was told, in which order. It knows nothing of meetings."""

import uuid

from django.db import models


class Channel(models.Model):
    """A stream of events with a counter of its own."""

    name = models.CharField(max_length=80, unique=True)
    last_seq = models.BigIntegerField(default=0)


class Event(models.Model):
    """Something that was told: ids and small facts, never a hidden answer, never an author. `seq` has no gap."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["channel", "seq"], name="one_event_a_seq")]


class Receipt(models.Model):
    """A command that was done, and its answer, so that a repeat gets the same. Random key: it tells no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="receipts")
    command_hash = models.CharField(max_length=64)
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "command_hash"], name="one_receipt_a_command")
        ]
