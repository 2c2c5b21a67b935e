"""Decisions: what the group settled, and why. Append-only: one that no longer stands is reopened, not changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from implere.initiatives.models import Initiative
from implere.meetings.models import Subject
from implere.organisation.models import Owned


class Decision(Owned):
    """A placement (today, onwards) or a next step (what, owner, due, effect). Probabilities are whole per cent in steps
    of ten; `stated` is the group's median, `probability` what was settled, with a reason where they differ."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="decisions")
    initiative = models.ForeignKey(Initiative, on_delete=models.SET_NULL, null=True, related_name="decisions")
    # the method's ids of the approaches, for a placement
    today = models.CharField(max_length=60, blank=True)
    onwards = models.CharField(max_length=60, blank=True)
    reasons = models.TextField(max_length=2000, blank=True)
    resources = models.TextField(max_length=1000, blank=True)
    # for a next step
    what = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    due_raw = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    effect = models.CharField(max_length=400, blank=True)
    seen_by = models.CharField(max_length=400, blank=True)
    stated = models.PositiveSmallIntegerField(null=True, blank=True)
    probability = models.PositiveSmallIntegerField(null=True, blank=True)
    overruled_because = models.CharField(max_length=400, blank=True)
    # within 48 hours, by the owner
    alternatives = models.TextField(max_length=2000, blank=True)
    help_from = models.TextField(max_length=1000, blank=True)
    details = models.TextField(max_length=4000, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # settled together with others in one act, which is taken back as one
    act = models.UUIDField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["settled_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(reopened_at=None), name="one_decision_stands"
            ),
            models.CheckConstraint(
                condition=Q(probability=None) | Q(probability__in=range(0, 101, 10)),
                name="probability_in_tens",
            ),
        ]


class Detailing(Owned):
    """The link by which an owner writes the details of a next step without signing in. Only its hash is kept."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="detailing")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
