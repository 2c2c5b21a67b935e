"""What undo says of this room's steps."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "settle_agreed": _("settled %(count)s that you agree on"),
    "settle": _("settled “%(title)s”"),
    "reopen": _("took back “%(title)s”"),
}
