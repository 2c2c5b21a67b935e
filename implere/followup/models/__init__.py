"""What follows a decision: actions and reflections, reviews, the steps of a framework, the mails that remind."""

from implere.followup.models.actions import Action, Reflection
from implere.followup.models.anchoring import PhaseReached, StepAnswer
from implere.followup.models.mails import Mail
from implere.followup.models.reviews import Review

__all__ = ["Action", "Mail", "PhaseReached", "Reflection", "Review", "StepAnswer"]
