"""Why a command was refused: a code, and a sentence in the reader's language. Nothing that was typed is lost."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "activity_closed": _("This activity has closed. What you wrote is still here."),
    "answer_late": _("The answers have closed, so yours came too late and is not counted."),
    "activity_not_open": _("This activity is not open yet. What you wrote is still here."),
    "meeting_closed": _("The meeting has closed. What you wrote is still here."),
    "agenda_fixed": _("This activity has been used, so it can't be removed. It can be skipped."),
    "anonymity_fixed": _("Something has been written, so anonymity can't be changed any more."),
    "another_is_first": _("Somebody has changed it in the meantime. Look at it again, and decide."),
    "empty": _("Write something first."),
    "too_long": _("This is %(over)d characters too long. Shorten it, and send it again."),
    "too_many": _("You have used all of yours. Take one back first."),
    "not_yours": _("Only who wrote it can change it."),
    "unknown_value": _("That answer is not one of the possible ones."),
    "incomplete": _("Something is missing: %(what)s."),
    "too_few": _("There are too few answers to show: %(count)d, and it takes %(floor)d."),
    "already_shown": _("The answers have been shown, so this round is over."),
    "nothing_to_undo": _("There is nothing to undo."),
    "nothing_to_redo": _("There is nothing to do again."),
    "full": _("The list is full: at most %(most)d."),
    "no_such_group": _("There is no such group."),
    "note_gone": _("That note is not here any more. Somebody may have moved or removed it."),
    "theme_gone": _("That theme is not on the board any more. Choose another one."),
    "moved_by_another": _(
        "Somebody else has just moved that note. It lies where they put it; move it again if you like."
    ),
    "tick_two": _("Tick at least two notes."),
    "words_not_there": _("Those words are not in the note."),
    "missing_name": _("Say your name first."),
    "missing_what": _("Say what is to happen."),
    "missing_owner": _("Say who: a name or a role."),
    "missing_reason": _("Say why the group's own figure is overruled."),
    "unclear_date": _(
        "“%(typed)s” is no date that we understand. Write it like 1. marts, 01-03-2027 or om to uger."
    ),
    "unlikely_date": _("“%(typed)s” is hardly meant: look at the year."),
    "not_in_tens": _("How sure is said in steps of ten, from 0 to 100."),
    "confirmed_already": _("The details have been confirmed, so they can't be changed any more."),
    "which_initiative": _("Say which initiative it is about."),
    "not_possible_now": _("That is not possible right now."),
}


class Refused(Exception):
    """A command that the rules refuse. `code` is a key of REASONS, `facts` fill its sentence."""

    def __init__(self, code: str, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def is_late(self) -> bool:
        """Whether it came when there was nothing to write in any more: then it stands beside what is going on now."""
        return self.code in ("activity_closed", "answer_late", "activity_not_open", "meeting_closed")

    @property
    def sentence(self) -> str:
        return str(REASONS[self.code]) % self.facts
