"""The doors of a board: each parses its fields and calls a command."""

import re

from django.template.loader import render_to_string

from implere.boards import commands, queries
from implere.meetings.doors import facilitators_command, key_of, keys_of, participants_command


def _version(request) -> int:
    version = request.POST.get("version", "")
    return int(version) if re.fullmatch("[0-9]{1,8}", version) else 0


@participants_command
def notes(request, activity, participant):
    note = commands.place_note(
        activity,
        participant,
        request.POST.get("text", ""),
        zone_id=key_of(request, "cell"),
        initiative_id=key_of(request, "initiative"),
    )
    if activity.config.get("per_person"):  # then the page also says how many are left
        return None
    return render_to_string(
        "boards/kept.html", {"activity": activity, "note": queries.own_view(note), "is_open": True}
    )


@participants_command
def wording(request, activity, participant, note_id):
    commands.reword_note(
        activity, participant, note_id, request.POST.get("text", ""), version=_version(request)
    )


@participants_command
def removal(request, activity, participant, note_id):
    commands.remove_note(activity, participant, note_id)


@participants_command
def place(request, activity, participant, note_id):
    """A participant moves a note of the board (grouping)."""
    commands.move_note(activity, note_id, key_of(request, "zone"), version=_version(request) or None)


@participants_command
def putting_together(request, activity, participant):
    """A small group puts the ticked notes of its own under the first of them."""
    commands.merge_in_group(activity, participant, keys_of(request, "note"))


@facilitators_command
def desk_place(request, activity, note_id):
    commands.move_note(
        activity, note_id, key_of(request, "zone"), version=_version(request) or None, by=request.user
    )


@facilitators_command
def showing(request, activity):
    commands.show_notes(activity, by=request.user)


@facilitators_command
def hiding(request, activity):
    commands.hide_notes(activity, by=request.user)


@facilitators_command
def taking_away(request, activity, note_id):
    commands.take_away(activity, note_id, by=request.user)


@facilitators_command
def taking_in(request, activity, note_id):
    commands.take_in(activity, note_id, by=request.user)


@facilitators_command
def leaving_out(request, activity, note_id):
    commands.leave_out(activity, note_id, by=request.user)


@facilitators_command(even_closed=True)
def striking(request, activity, note_id):
    commands.strike_note(activity, note_id, request.POST.get("words", ""), by=request.user)


@facilitators_command
def parting(request, activity, note_id):
    commands.part(activity, note_id, by=request.user)


@facilitators_command
def themes(request, activity):
    commands.name_theme(activity, request.POST.get("title", ""), by=request.user)


@facilitators_command
def theme_name(request, activity, zone_id):
    commands.rename_theme(activity, zone_id, request.POST.get("title", ""), by=request.user)


@facilitators_command
def theme_removal(request, activity, zone_id):
    commands.remove_theme(activity, zone_id, by=request.user)


@facilitators_command
def gathering(request, activity):
    """The ticked notes become an initiative, or are put together under the first of them."""
    notes = keys_of(request, "note")
    if request.POST.get("as") == "merge":
        commands.merge_all(activity, notes, by=request.user)
    else:
        commands.make_initiative(activity, notes, request.POST.get("title", ""), by=request.user)


@facilitators_command
def paper(request, activity):
    commands.type_in(
        activity,
        request.POST.get("text", ""),
        zone_id=key_of(request, "cell"),
        initiative_id=key_of(request, "initiative"),
        by=request.user,
    )
