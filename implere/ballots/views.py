"""The doors of a ballot: each parses its fields and calls a command."""

from implere.ballots import commands, spec
from implere.meetings import reach
from implere.meetings.doors import facilitators_command, key_of, keys_of, participants_command


@participants_command
def answers(request, activity, participant):
    """An answer to one subject: any of its values by their ids."""
    said = {value.id: request.POST[value.id] for value in spec.values(activity) if value.id in request.POST}
    commands.answer(activity, participant, key_of(request, "subject"), said)


@facilitators_command
def reveal(request, activity):
    commands.reveal(activity, by=request.user)


@facilitators_command
def hiding(request, activity):
    commands.hide(activity, by=request.user)


@facilitators_command
def revote(request, activity, subject_id):
    commands.open_revote(reach.subject_in(activity, subject_id), by=request.user)


@facilitators_command
def revote_reveal(request, activity, subject_id):
    commands.reveal_revote(reach.subject_in(activity, subject_id), by=request.user)


@facilitators_command
def choice(request, activity):
    commands.choose(activity, keys_of(request, "subject"), by=request.user)
