"""The doors of a ballot: each parses its fields and calls a command."""

from django.http import Http404

from implere.ballots import commands, spec
from implere.meetings.doors import facilitators_command, participants_command
from implere.meetings.models import Subject


@participants_command
def answers(request, activity, participant):
    """An answer to one subject: any of its values by their ids."""
    said = {value.id: request.POST[value.id] for value in spec.values(activity) if value.id in request.POST}
    commands.answer(activity, participant, request.POST.get("subject") or None, said)


@facilitators_command
def reveal(request, activity):
    commands.reveal(activity, by=request.user)


@facilitators_command
def hiding(request, activity):
    commands.hide(activity, by=request.user)


@facilitators_command
def revote(request, activity, subject_id):
    commands.open_revote(_subject(activity, subject_id), by=request.user)


@facilitators_command
def revote_reveal(request, activity, subject_id):
    commands.reveal_revote(_subject(activity, subject_id), by=request.user)


@facilitators_command
def choice(request, activity):
    commands.choose(activity, request.POST.getlist("subject"), by=request.user)


def _subject(activity, subject_id) -> Subject:
    found = activity.subjects.filter(pk=subject_id).first()
    if found is None:
        raise Http404
    found.activity = activity
    return found
