"""Effects: an initiative's indicators, their numbers over time, what could not be read, and marks on the axis."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from implere.initiatives.models import Initiative
from implere.organisation.models import Owned


class Indicator(Owned):
    """What is counted to see an initiative's effect. `changed_on` parts before from after; the median before it is the line."""

    class Direction(models.TextChoices):
        UP = "up", _("Higher is better")
        DOWN = "down", _("Lower is better")

    class Kind(models.TextChoices):
        NUMBER = "number", _("A number each time")
        SHARE = "share", _("A part of a whole each time")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="indicators")
    title = models.CharField(max_length=120)
    unit_of_measure = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=4, choices=Direction)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.NUMBER)
    target = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    compared_with = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.title


class Point(Owned):
    """A number on a day. `size` is the whole that it is a part of, for a share. One that was replaced is kept."""

    class Series(models.TextChoices):
        OWN = "own", _("Our own")
        OTHER = "other", _("The comparison")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="points")
    series = models.CharField(max_length=5, choices=Series, default=Series.OWN)
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    size = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    raw = models.CharField(max_length=120, blank=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "series", "on"], condition=Q(replaced_at=None), name="one_number_a_day"
            ),
            models.CheckConstraint(condition=Q(size=None) | Q(size__gt=0), name="a_whole_is_above_nought"),
        ]


class Leftover(Owned):
    """A line that could not be read, as it was written, with why: kept until somebody has looked at it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="leftovers")
    text = models.CharField(max_length=400)
    why = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    @property
    def sentence(self) -> str:
        """Why, in the reader's language."""
        from implere.practice.reading import WHYS

        return str(WHYS[self.why]) % self.facts if self.why in WHYS else ""


class Mark(Owned):
    """Something that was done on a day, shown on the axis. It claims no cause."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="marks")
    on = models.DateField()
    text = models.CharField(max_length=120)

    class Meta:
        ordering = ["on", "id"]
