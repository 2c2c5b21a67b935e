"""What undo says of this room's steps."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "reveal": _("showed the answers"),
    "hide": _("hid the answers"),
    "open_revote": _("opened a second round"),
    "reveal_revote": _("showed the second round"),
    "choose": _("chose %(count)s initiatives"),
}
