"""Preparing a meeting: making it, its agenda, who runs it, what the joint committee reads."""

import re

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from implere import rooms
from implere.accounts.access import for_audience
from implere.initiatives.models import Cycle
from implere.meetings import commands, queries, reach
from implere.meetings.errors import Refused
from implere.meetings.forms import ActivityForm, FacilitatorForm, MeetingForm
from implere.meetings.models import Activity
from implere.method import reader
from implere.organisation.reach import organisations_of
from implere.rules import agenda as minutes


@for_audience("signed-in")
@require_http_methods(["GET", "POST"])
def new_meeting(request, cycle_id):
    """A meeting from a template, or copied from an earlier one."""
    cycle = Cycle.objects.filter(pk=cycle_id, organisation__in=organisations_of(request.user)).first()
    if cycle is None:
        raise Http404
    form = MeetingForm(request.POST or None, cycle=cycle, earlier=reach.meetings_of(request.user))
    if form.is_valid():
        return redirect("meetings:prepare", _make(cycle, request.user, form.cleaned_data).pk)
    facts = {"cycle": cycle, "form": form}
    return render(request, "meetings/prepare/new.html", facts, status=422 if form.errors else 200)


def _make(cycle, user, said):
    kind, id = said.pop("agenda").split("/", 1)
    if kind == "copy":
        return commands.copy_meeting(reach.facilitated(user, id), cycle, by=user, **said)
    return commands.make_meeting(cycle, by=user, template=id, **said)


@for_audience("facilitator")
@require_GET
def prepare(request, meeting_id):
    return _page(request, reach.facilitated(request.user, meeting_id))


def _page(request, meeting, status=200, said="", **more):
    items = queries.agenda(meeting)
    total = minutes.compare(
        [(item.minutes, item.used, item.fill == 100) for item in items], meeting.planned_minutes
    )
    short = minutes.shorten([(item.id, item.minutes) for item in items if item.fill == 0], total.over)
    facts = {
        "meeting": meeting,
        "items": [{"item": item, "shorten": short.get(item.id)} for item in items],
        "sum": total,
        "kinds": [(kind.id, kind.title) for kind in reader.load().activities.values()],
        "facilitators": [f.user for f in meeting.facilitations.select_related("user")],
        "colleagues": FacilitatorForm(meeting=meeting),
        "screen_key": reach.screen_key(meeting),
        "said": said,
    }
    return render(request, "meetings/prepare/meeting.html", facts | more, status=status)


def _activity(request, meeting_id, activity_id) -> Activity:
    return reach.activity_in(reach.facilitated(request.user, meeting_id), activity_id)


@for_audience("facilitator")
@require_POST
def activities(request, meeting_id):
    """Puts an activity last on the agenda."""
    meeting = reach.facilitated(request.user, meeting_id)
    kind = request.POST.get("kind", "")
    if kind not in reader.load().activities:
        raise Http404
    return _change(request, meeting, lambda: commands.add_activity(meeting, kind))


def _change(request, meeting, change):
    """Makes a change to the agenda, or says why it is refused."""
    try:
        change()
    except Refused as refused:
        return _page(request, meeting, status=409, said=refused.sentence)
    return redirect("meetings:prepare", meeting.pk)


@for_audience("facilitator")
@require_http_methods(["GET", "POST"])
def activity(request, meeting_id, activity_id):
    """Its words, minutes and anonymity, beside what the participants will see."""
    found = _activity(request, meeting_id, activity_id)
    form = ActivityForm(request.POST or None, instance=Activity.objects.get(pk=found.pk))
    if form.is_valid():
        try:
            commands.reword_activity(found, by=request.user, **form.cleaned_data)
            return redirect("meetings:prepare", meeting_id)
        except Refused as refused:
            form.add_error("anonymous", refused.sentence)
    facts = {"meeting": found.meeting, "activity": found, "form": form}
    return render(request, "meetings/prepare/activity.html", facts, status=422 if form.errors else 200)


@for_audience("facilitator")
@require_POST
def activity_removal(request, meeting_id, activity_id):
    found = _activity(request, meeting_id, activity_id)
    return _change(request, found.meeting, lambda: commands.remove_activity(found))


@for_audience("facilitator")
@require_POST
def activity_place(request, meeting_id, activity_id):
    """Moves an activity to a place on the agenda (1 is first)."""
    found = _activity(request, meeting_id, activity_id)
    place = request.POST.get("place", "")
    if not re.fullmatch("[0-9]{1,3}", place):
        raise Http404
    return _change(request, found.meeting, lambda: commands.move_activity(found, int(place)))


@for_audience("facilitator")
@require_POST
def facilitators(request, meeting_id):
    """Names a co-facilitator."""
    meeting = reach.facilitated(request.user, meeting_id)
    form = FacilitatorForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return _page(request, meeting, status=422, colleagues=form)
    commands.name_facilitator(meeting, form.cleaned_data["user"])
    return redirect("meetings:prepare", meeting.pk)


@for_audience("facilitator")
@require_GET
def committee(request, meeting_id):
    """The page for the joint committee: what is asked, who sees what, what is cut and when."""
    meeting = reach.facilitated(request.user, meeting_id)
    asked = [
        {"words": queries.words(a), "anonymous": a.anonymous, "minutes": a.minutes}
        for a in meeting.activities.exclude(mechanism="none")
    ]
    return render(request, "meetings/committee.html", {"meeting": meeting, "asked": asked})


@for_audience("facilitator")
@require_GET
def paper(request, meeting_id):
    """A sheet for each activity, to print and fill in by hand."""
    meeting = reach.facilitated(request.user, meeting_id)
    sheets = []
    for activity in meeting.activities.all():
        activity.meeting = meeting
        if html := rooms.mechanism_of(activity).paper(activity):
            sheets.append({"words": queries.words(activity), "html": html})
    return render(request, "meetings/paper.html", {"meeting": meeting, "sheets": sheets})
