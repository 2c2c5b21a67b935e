"""The desk and the screen, and what the facilitator does in the meeting."""

import re

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from implere import rooms
from implere.accounts.access import for_audience
from implere.live import queries as log
from implere.meetings import commands, doors, queries, reach, stage
from implere.meetings.models import Meeting
from implere.meetings.views.participants import ticket
from implere.rooms import Viewer


@for_audience("facilitator")
@require_GET
def desk(request, meeting_id):
    """The desk as it is now. `?look=` shows another activity and moves nobody."""
    meeting = reach.facilitated(request.user, meeting_id)
    after = log.position(meeting.channel)
    viewer = Viewer("desk", user=request.user)
    looked_at = next((a for a in meeting.activities.all() if str(a.pk) == request.GET.get("look")), None)
    if looked_at and looked_at.is_open:
        looked_at = None
    facts = {
        "meeting": meeting,
        "regions": stage.draw(meeting, viewer, activity=looked_at),
        "looking": looked_at,
        "after": after,
        "ticket": ticket(meeting, "desk", request.LANGUAGE_CODE),
        "screen_key": reach.screen_key(meeting),
        "surface": "desk",
    }
    return render(request, "meetings/desk.html", facts)


@for_audience("anyone")
@require_GET
def screen(request, meeting_id, key):
    """The projector. Its key stands in the address, so that it needs no sign-in; it sees what the room sees."""
    meeting = Meeting.objects.filter(pk=meeting_id).select_related("organisation", "cycle").first()
    if meeting is None or key != reach.screen_key(meeting):
        raise Http404
    after = log.position(meeting.channel)
    facts = {
        "meeting": meeting,
        "regions": stage.draw(meeting, Viewer("screen")),
        "after": after,
        "ticket": ticket(meeting, "screen", request.LANGUAGE_CODE),
        "screen_key": key,
        "surface": "screen",
    }
    return render(request, "meetings/screen.html", facts)


@xframe_options_sameorigin
@for_audience("facilitator")
@require_GET
def preview(request, meeting_id, activity_id):
    """What the participants will see of an activity, with nothing that can be sent."""
    meeting = reach.facilitated(request.user, meeting_id)
    activity = reach.activity_in(meeting, activity_id)
    facts = stage.frame(meeting, Viewer("phone"), activity=activity)
    private = rooms.mechanism_of(activity).private(activity, None, typed={}, error="")
    return render(
        request, "meetings/preview.html", facts | {"words": queries.words(activity), "private": private}
    )


@doors.facilitators_command
def open_meeting(request, meeting):
    commands.open_meeting(meeting, by=request.user)


@doors.facilitators_command
def close_meeting(request, meeting):
    commands.close_meeting(meeting, by=request.user)


@doors.facilitators_command
def open_activity(request, activity):
    commands.open_activity(activity, by=request.user)


@doors.facilitators_command
def close_activity(request, activity):
    commands.close_activity(activity, by=request.user)


@doors.facilitators_command
def focus(request, activity):
    """The screen shows a named view, one subject, or (with neither) the activity's own picture."""
    subject_id = doors.key_of(request, "subject")
    subject = reach.subject_in(activity, subject_id) if subject_id else None
    view = request.POST.get("view", "")
    commands.focus(activity, view=view if view in rooms.screens else "", subject=subject)


@doors.facilitators_command
def add_minutes(request, activity):
    minutes = request.POST.get("minutes", "2")
    commands.add_minutes(
        activity, max(-60, min(60, int(minutes))) if re.fullmatch(r"-?[0-9]{1,4}", minutes) else 2
    )


@doors.facilitators_command
def pause_timer(request, activity):
    commands.pause_timer(activity)


@doors.facilitators_command
def resume_timer(request, activity):
    commands.resume_timer(activity)


@doors.facilitators_command
def deal_groups(request, meeting):
    count = request.POST.get("count", "")
    commands.deal_groups(
        meeting,
        min(60, int(count)) if re.fullmatch("[0-9]{1,4}", count) else 0,
        by=request.user,
        seed=meeting.pk.int,
    )


@doors.facilitators_command
def undo(request, meeting):
    commands.undo(meeting, step_id=request.POST.get("step"))
    return {"said": _("Taken back.")}


@doors.facilitators_command
def redo(request, meeting):
    commands.redo(meeting, step_id=request.POST.get("step"))
    return {"said": _("Done again.")}


@doors.facilitators_command(even_closed=True)
def release(request, meeting):
    commands.release(meeting, words=request.POST.get("words") == "1", by=request.user)
    return {"said": _("The leaders can see your picture now.")}


@for_audience("facilitator")
@require_GET
def screen_of(request, meeting_id):
    """The way to the screen for who is signed in: the same address with its key."""
    meeting = reach.facilitated(request.user, meeting_id)
    return redirect("meetings:screen", meeting.pk, reach.screen_key(meeting))
