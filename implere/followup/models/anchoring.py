"""How far an initiative has come in its framework, and what is answered to each step. Append-only: the latest row stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from implere.initiatives.models import Initiative
from implere.organisation.models import Owned


class PhaseReached(Owned):
    """From this moment on the initiative is followed by this framework, and has reached this phase (1, 2, …)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="phases_reached")
    framework = models.CharField(max_length=60)
    phase = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=Q(phase__gte=1), name="phases_count_from_one")]


class StepAnswer(Owned):
    """What is true of a step: its status, with evidence (words, a link, a figure), who sees to it, and by when."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="step_answers")
    framework = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    status = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    evidence = models.TextField(max_length=1000, blank=True)
    link = models.URLField(max_length=500, blank=True)
    figure = models.CharField(max_length=120, blank=True)
    responsible = models.CharField(max_length=120, blank=True)
    due_raw = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["initiative", "framework", "step"], name="steps_of_an_initiative")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="irrelevant") | ~Q(reason=""), name="irrelevant_has_its_reason"
            ),
        ]
