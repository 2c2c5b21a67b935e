"""What undo says of this room's steps."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "move_note": _("moved a note"),
    "merge": _("put notes together"),
    "part": _("parted notes"),
    "name_theme": _("named the theme “%(title)s”"),
    "rename_theme": _("renamed the theme “%(title)s”"),
    "remove_theme": _("took a theme off the board"),
    "make_initiative": _("made the initiative “%(title)s”"),
    "show_notes": _("showed the notes"),
    "hide_notes": _("hid the notes"),
    "take_away": _("took a note away"),
    "take_in": _("took in a late note"),
    "leave_out": _("left a late note out"),
    "type_in": _("typed in %(count)s notes"),
}
