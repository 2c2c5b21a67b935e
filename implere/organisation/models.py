"""The organisation: its units in a tree, who works in it with which role, and its own wordings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="da")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name


class Owned(models.Model):
    """A row of one organisation. The plain key in every row is the wall, and later the shard key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Unit(Owned):
    """A department, centre, school, team; `parent` makes the tree."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent"),
        ]

    def __str__(self):
        return self.name


class Membership(Owned):
    """A user in an organisation. An administrator also edits the organisation; a facilitator runs meetings."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        FACILITATOR = "facilitator", _("Facilitator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_each"),
        ]


class Wording(Owned):
    """The organisation's own words for a text of the method; `key` is e.g. approach/<id>/one_line."""

    key = models.CharField(max_length=120)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(max_length=600)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "language"], name="one_wording_each"),
        ]
