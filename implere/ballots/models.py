"""Ballots: one private answer for each person and subject, hidden until it is revealed."""

import uuid

from django.db import models
from django.db.models import Q

from implere.meetings.models import Activity, Participant, Subject
from implere.organisation.models import Owned


class Answer(Owned):
    """An answer to one subject in one round. `values` holds all that was said about it ({value id: answer}), so that no
    link between two answers is needed. Random key from birth. Its writer is held like a note's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="answers")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField(default=1)
    values = models.JSONField(default=dict)
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    writer = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "round", "writer"], condition=~Q(writer=""), name="one_tagged_answer_each"
            ),
            models.UniqueConstraint(
                fields=["subject", "round", "participant"],
                condition=Q(participant__isnull=False),
                name="one_named_answer_each",
            ),
            models.CheckConstraint(
                condition=Q(participant=None) | Q(writer=""), name="an_answer_has_a_name_or_a_tag_not_both"
            ),
        ]


class Reveal(Owned):
    """A round's answers have been shown: for the whole activity, or for one subject (a revote)."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reveals")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, null=True, related_name="reveals")
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "round"], condition=Q(subject=None), name="a_round_is_revealed_once"
            ),
            models.UniqueConstraint(fields=["subject", "round"], name="a_subjects_round_is_revealed_once"),
        ]


class Revote(Owned):
    """A second round on one subject. Both rounds are kept."""

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, related_name="revote")
    at = models.DateTimeField(auto_now_add=True)
