"""Capacity: what initiatives ask of the units month by month, what the units have, and who knows what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from implere.initiatives.models import Initiative
from implere.organisation.models import Owned, Unit


class Size(Owned):
    """The organisation's own meaning of a rough size: so many hours a month. `code` is the size's id in the method's data."""

    code = models.CharField(max_length=10)
    hours = models.PositiveIntegerField()
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="one_meaning_a_size")]


class Need(Owned):
    """What an initiative asks of a unit each month from `starts_on` to `ends_on`: hours, a rough size, or neither: unknown."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="needs")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="needs")
    role = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    hours = models.PositiveIntegerField(null=True, blank=True)
    size = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_need_runs_forwards"),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(size=""), name="a_need_has_hours_or_a_size_not_both"
            ),
        ]


class Hours(Owned):
    """The hours a month that a unit has for initiatives, from `starts_on` until the next row. None: nobody knows any more."""

    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="hours")
    starts_on = models.DateField()
    hours = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["unit", "starts_on"], name="hours_once_a_month")]


class Knowledge(Owned):
    """Something that one must know or be able to do."""

    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="a_knowledge_has_one_name")
        ]

    def __str__(self):
        return self.title


class Asked(Owned):
    """An initiative asks a unit for some knowledge; `help_from` is where it is got where nobody here has it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="asks_for")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    knowledge = models.ForeignKey(Knowledge, on_delete=models.CASCADE, related_name="asked")
    help_from = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "unit", "knowledge"], name="knowledge_is_asked_for_once"
            )
        ]


class Knowing(Owned):
    """What a unit knows of it. Nothing said is unknown, not none."""

    class Level(models.TextChoices):
        NONE = "none", _("None")
        SOME = "some", _("Some")
        ENOUGH = "enough", _("Enough")
        TEACH = "teach", _("Can teach it")

    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="knows")
    knowledge = models.ForeignKey(Knowledge, on_delete=models.CASCADE, related_name="known")
    level = models.CharField(max_length=10, choices=Level)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "knowledge"], name="a_unit_knows_once")]
