"""A meeting: who it is for, its code, when it was open."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from implere.initiatives.models import Cycle
from implere.organisation.models import Owned, Unit


class Meeting(Owned):
    class Audience(models.TextChoices):
        LEADERS = "leaders", _("Leaders")
        EMPLOYEES = "employees", _("Employees")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.LEADERS)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True)
    template = models.CharField(max_length=60, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(default=180)
    # Six letters and figures that cannot be mistaken for each other; see rules.codes.
    code = models.CharField(max_length=6, unique=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    notes_in_minutes = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-planned_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__lte=F("closed_at")),
                name="meeting_opens_before_it_closes",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def channel(self) -> str:
        """The name of its channel in the log."""
        return f"meeting/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Facilitation(Owned):
    """Somebody who may run the meeting. The first is who made it; the others are named co-facilitators."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="facilitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="facilitations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="one_facilitation_each")]


class Release(Owned):
    """An employees' group has let the leaders see its picture: the themes, and the words only if it said so."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="release")
    words = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
