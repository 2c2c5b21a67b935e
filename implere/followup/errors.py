"""Why following up refuses something, in words."""

from django.utils.translation import gettext_lazy as _

from implere.meetings.errors import REASONS

REASONS |= {
    "missing_outcome": _("Say whether it was done, not done, or changed."),
    "missing_happened": _("Say in a sentence what happened."),
    "leads_nowhere": _("Say what happens next, or why it stops here. One of the two is enough."),
    "leads_both_ways": _("It can't both go on and stop: empty one of the two."),
    "answered_already": _("This has been answered already. What you wrote is still here."),
    "withdrawn": _("This action has been taken back. What you wrote is still here."),
    "not_a_mail": _("“%(typed)s” is no mail address."),
    "missing_judgement": _("Say whether the effect came."),
    "missing_cell": _("Say whether the choice was right, then and now."),
    "missing_learning": _("Say in a sentence what you have learnt."),
    "missing_irrelevant_reason": _("Say why the step is not relevant here."),
    "not_a_link": _("“%(typed)s” is no address that can be opened. It begins with https://"),
    "not_chosen": _("Only initiatives that you have chosen to go on with are followed step by step."),
}
