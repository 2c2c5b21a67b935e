"""Cycles, themes, initiatives, and the lists that were brought in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from implere.organisation.models import Organisation, Owned, Unit  # noqa: F401


class Cycle(Owned):
    """A cycle (forløb): one turn of the loop, with the horizon that its overview looks towards."""

    name = models.CharField(max_length=120)
    purpose = models.TextField(max_length=600, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="cycle_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return self.name


class Theme(Owned):
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.title


class BroughtList(Owned):
    """A list that was brought in: one accepted import, which can be undone."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="lists")
    name = models.CharField(max_length=200)
    report = models.JSONField(default=list)
    accepted_at = models.DateTimeField(auto_now_add=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    undone_at = models.DateTimeField(null=True)


class Initiative(Owned):
    """An initiative (tiltag). Dates are the first and last day that was meant; the raw words are kept."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        COMPLETED = "completed", _("Completed")
        UNKNOWN = "", _("Not said")

    class Source(models.TextChoices):
        LIST = "list", _("From the list you brought")
        MEETING = "meeting", _("From the meeting")
        TYPED = "typed", _("Typed in")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="initiatives")
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    title = models.CharField(max_length=200)
    description = models.TextField(max_length=4000, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.UNKNOWN, blank=True)
    start_raw = models.CharField(max_length=200, blank=True)
    start_from = models.DateField(null=True, blank=True)
    start_to = models.DateField(null=True, blank=True)
    end_raw = models.CharField(max_length=200, blank=True)
    end_from = models.DateField(null=True, blank=True)
    end_to = models.DateField(null=True, blank=True)
    # What will be seen in daily practice in six months: the sentence that a forecast is made against.
    seen_by = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.TYPED)
    brought = models.ForeignKey(BroughtList, on_delete=models.SET_NULL, null=True, related_name="initiatives")
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "fingerprint"],
                condition=~Q(fingerprint="") & Q(removed_at=None),
                name="a_row_is_brought_once",
            ),
        ]

    def __str__(self):
        return self.title


class Chosen(Owned):
    """An initiative that goes on to the assessment; the others stay on the list."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="chosen")
    position = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)


class PendingList(Owned):
    """A list between its preview and its acceptance: the bytes, and how its columns were corrected. Gone after a day."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    mapping = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
