"""Actions, and the reflection that ends each of them: with the next action, or with a reason for stopping."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from implere.decisions.models import Decision
from implere.initiatives.models import Cycle, Initiative
from implere.organisation.models import Owned


class Action(Owned):
    """Something that somebody does by a day. The owner is a person or a role, without an account; the typed date is kept beside
    the day that it meant. `turn` counts the rounds of the loop: a next action is one more than the action before."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="actions")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True, related_name="actions")
    turn = models.PositiveSmallIntegerField(default=1)
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    mail = models.EmailField(blank=True)
    due_raw = models.CharField(max_length=60)
    due_on = models.DateField(db_index=True)
    effect = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # its decision was taken back before anything came of it
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(turn=1), name="a_decision_begins_one_action"
            ),
        ]

    def __str__(self):
        return self.what


class Reflection(Owned):
    """What came of an action. It leads on to the next action, or says why it stops here: the database takes nothing else."""

    class Outcome(models.TextChoices):
        DONE = "done", _("It was done")
        NOT_DONE = "not_done", _("Not done")
        CHANGED = "changed", _("Changed")

    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="reflection")
    outcome = models.CharField(max_length=10, choices=Outcome)
    happened = models.CharField(max_length=1000)
    works = models.CharField(max_length=1000, blank=True)
    adjust = models.CharField(max_length=1000, blank=True)
    next = models.OneToOneField(Action, on_delete=models.RESTRICT, null=True, related_name="after")
    stopped_because = models.CharField(max_length=600, blank=True)
    written_at = models.DateTimeField()
    # empty: the owner, by a link
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next__isnull=False, stopped_because="") | (Q(next=None) & ~Q(stopped_because="")),
                name="a_reflection_leads_on_or_says_why_not",
            ),
        ]
