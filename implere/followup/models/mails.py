"""The mails that go out. A row is made once for each; who turns `claimed_at` sends it (docs/decisions/0011)."""

from django.db import models
from django.db.models import Q

from implere.followup.models.actions import Action
from implere.organisation.models import Owned


class Mail(Owned):
    """One mail: the day of an action has come, or a week's digest. Its words are made when it is sent, so nothing secret is kept."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="mails")
    week = models.CharField(max_length=8, blank=True)
    to = models.EmailField()
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    # it was not needed any more when its turn came, or could not be delivered
    dropped_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "to"], condition=Q(action__isnull=False), name="one_reminder_for_an_action"
            ),
            models.UniqueConstraint(
                fields=["organisation", "to", "week"], condition=~Q(week=""), name="one_digest_a_week"
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=False, week="") | (Q(action=None) & ~Q(week="")),
                name="a_mail_is_about_an_action_or_a_week",
            ),
        ]
