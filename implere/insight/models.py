"""What the insights keep of their own: whether the group recognises a trace, what was said about an initiative's characteristics
without a ballot, and the organisation's own points of the advisor."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from implere.initiatives.models import Initiative
from implere.organisation.models import Owned


class Recognition(Owned):
    """The group's answer to a trace: do you recognise it? Kept with the headline that it was about."""

    class Said(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    trace = models.CharField(max_length=20)
    headline = models.CharField(max_length=300)
    said = models.CharField(max_length=6, choices=Said)
    remark = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]


class Described(Owned):
    """A characteristic of an initiative from 1 to 5, said without a ballot. `characteristic` is its id in the method's data."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="described")
    characteristic = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "characteristic"], name="described_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="described_from_1_to_5"),
        ]


class OwnPoints(Owned):
    """The organisation's own points in place of ours: for a characteristic at a level, for an approach (ids of the data)."""

    characteristic = models.CharField(max_length=60)
    level = models.CharField(max_length=4)
    approach = models.CharField(max_length=60)
    points = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "characteristic", "level", "approach"], name="own_points_once"
            ),
            models.CheckConstraint(condition=Q(points__gte=-3, points__lte=3), name="own_points_within_3"),
        ]
