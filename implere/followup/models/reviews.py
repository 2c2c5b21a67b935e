"""What came of a decision, held against what was expected."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from implere.decisions.models import Decision
from implere.initiatives.models import Theme
from implere.organisation.models import Owned, Unit


class Review(Owned):
    """Whether the effect came, and whether the choice was right with what was known then, and is with what is known now. Its
    learning is tagged: the approach and the phase by the method's ids."""

    class Outcome(models.TextChoices):
        CAME = "came", _("Yes, it came")
        NOT = "not", _("No, it did not")
        DROPPED = "dropped", _("It was given up, so it can't be judged")

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="review")
    outcome = models.CharField(max_length=10, choices=Outcome)
    seen = models.CharField(max_length=400, blank=True)
    right_then = models.BooleanField(null=True)
    right_now = models.BooleanField(null=True)
    learning = models.CharField(max_length=300)
    takes_along = models.CharField(max_length=400, blank=True)
    approach = models.CharField(max_length=60, blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    phase = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-held_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="dropped") | Q(right_then__isnull=False, right_now__isnull=False),
                name="a_judged_choice_has_its_cell",
            ),
        ]
