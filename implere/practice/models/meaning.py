"""Meaning down the leadership chain: what an initiative means in a unit, what is needed from above, and what was answered.

Rows are about units, never about the person who leads one."""

from django.db import models
from django.db.models import Q

from implere.initiatives.models import Initiative
from implere.organisation.models import Owned, Unit


class Asking(Owned):
    """A unit has been asked what an initiative means there, by a link that ends. Only the hash of its secret is kept."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="askings")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="askings")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "unit"], name="a_unit_is_asked_once")]


class Translation(Owned):
    """What the initiative means in the unit. Written again, the one before is kept."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="translations")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="translations")
    today = models.TextField(max_length=1000, blank=True)
    monday = models.TextField(max_length=1000)
    stops = models.TextField(max_length=1000, blank=True)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "unit"], condition=Q(replaced_at=None), name="one_translation_stands"
            )
        ]


class Wish(Owned):
    """What a unit needs from above for the initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="wishes")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="wishes")
    text = models.CharField(max_length=400)
    wished_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["wished_at", "id"]


class Reply(Owned):
    """What the level above answered."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="replies")
    text = models.CharField(max_length=600)
    replied_at = models.DateTimeField()

    class Meta:
        ordering = ["replied_at", "id"]
