"""The participant's page, and what a participant does that is no mechanism's."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from implere.accounts.access import for_audience
from implere.live import queries as log
from implere.live import tickets
from implere.meetings import commands, doors, queries, reach, stage
from implere.meetings.anonymity import device_hash
from implere.meetings.errors import Refused
from implere.meetings.models import Meeting, Participant
from implere.rooms import Viewer


def _find_or_join(request, meeting_id) -> Participant | None:
    """The device's participant; joins an open meeting at the first look. None where there is no device or no meeting."""
    from django.conf import settings

    device = reach.device_of(request)
    meeting = Meeting.objects.filter(pk=meeting_id).select_related("organisation", "cycle").first()
    if not device or meeting is None:
        return None
    tag = device_hash(settings.SECRET_KEY, device, meeting.pk)
    if meeting.closed_at:
        return Participant.objects.filter(meeting=meeting, device_hash=tag).select_related("meeting").first()
    participant = commands.join(meeting, tag)
    participant.meeting = meeting
    return participant


@for_audience("participant")
@require_GET
def participant(request, meeting_id):
    found = _find_or_join(request, meeting_id)
    return participants_page(request, found) if found else redirect("meetings:join")


def participants_page(
    request, participant: Participant, *, mine: str = "", late: str = "", status: int = 200
):
    """The whole page as it is now, with the place in the log where its stream starts."""
    meeting = participant.meeting
    after = log.position(meeting.channel)
    viewer = Viewer("phone", participant=participant)
    regions = stage.draw(meeting, viewer)
    activity = queries.current(meeting)
    if activity:
        mine = mine or doors.draw_mine(activity, participant, typed=request.GET.dict())
        regions["stage"] = regions["stage"].replace(doors.empty_mine(activity), mine)
    facts = {
        "meeting": meeting,
        "regions": regions,
        "after": after,
        "participant": participant,
        "late": late,
        "surface": "phone",
    }
    facts["groups"] = list(meeting.groups.all())
    facts["ticket"] = ticket(meeting, "phone", request.LANGUAGE_CODE, who=str(participant.pk))
    return render(request, "meetings/phone.html", facts, status=status)


@for_audience("participant")
@require_GET
def mine(request, meeting_id, activity_id):
    """The participant's own region, fetched again when the page gets the focus."""
    participant = reach.participant_in(request, meeting_id)
    activity = reach.activity_in(participant.meeting, activity_id)
    return HttpResponse(doors.draw_mine(activity, participant))


@doors.participants_command
def name(request, activity, participant):
    """A participant says a name, once, where what one writes stands with it."""
    commands.name_participant(activity, participant, request.POST.get("name", ""))


@for_audience("participant")
@require_POST
def sit_down(request, meeting_id):
    """A participant chooses a small group."""
    participant = reach.participant_in(request, meeting_id)
    number = request.POST.get("group", "")
    try:
        commands.choose_group(participant, int(number) if number.isdigit() else 0)
    except Refused as refused:
        return HttpResponse(refused.sentence, status=409, content_type="text/plain; charset=utf-8")
    return redirect("meetings:participant", meeting_id)


@for_audience("anyone")
@require_GET
def new_ticket(request, meeting_id, surface):
    """A fresh ticket for the stream of one surface, for whoever may see that surface."""
    if surface == "phone":
        participant = reach.participant_in(request, meeting_id)
        text = ticket(participant.meeting, "phone", request.LANGUAGE_CODE, who=str(participant.pk))
    elif surface == "desk":
        text = ticket(reach.facilitated(request.user, meeting_id), "desk", request.LANGUAGE_CODE)
    else:
        meeting = Meeting.objects.filter(pk=meeting_id).first()
        if surface != "screen" or meeting is None or request.GET.get("key") != reach.screen_key(meeting):
            raise Http404
        text = ticket(meeting, "screen", request.LANGUAGE_CODE)
    return HttpResponse(text, content_type="text/plain")


AUDIENCES = {"phone": ["room"], "screen": ["room"], "desk": ["room", "desk"]}


def ticket(meeting: Meeting, surface: str, language: str, who: str = "") -> str:
    """A signed ticket for the meeting's stream, with what this surface may hear."""
    return tickets.issue(meeting.channel, AUDIENCES[surface], surface, language, who=who)
