"""What happened: an activity as it was after any of its steps, on a slider."""

import re

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from implere.accounts.access import for_audience
from implere.meetings import queries, reach
from implere.meetings.history import replay
from implere.ui.fragments import answer, is_fragment_request


@for_audience("facilitator")
@require_GET
def history(request, meeting_id, activity_id):
    """`?step=` is a place on the slider. The script asks for the picture and its words alone."""
    meeting = reach.facilitated(request.user, meeting_id)
    activity = reach.activity_in(meeting, activity_id)
    step = request.GET.get("step", "")
    found = replay(activity, int(step) if re.fullmatch("[0-9]{1,6}", step) else None)
    facts = {"meeting": meeting, "activity": activity, "words": queries.words(activity), "replay": found}
    if found and is_fragment_request(request):
        parts = ("moment", "picture")
        return answer(request, [render_to_string(f"meetings/history/{part}.html", facts) for part in parts])
    return render(request, "meetings/history.html", facts, status=410 if meeting.closed_at else 200)
