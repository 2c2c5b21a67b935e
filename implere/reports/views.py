import json
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from implere.accounts.access import for_audience
from implere.live.commands import write
from implere.meetings import reach
from implere.meetings.models import Meeting
from implere.reports import exchange, queries, spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_audience("facilitator")
@require_GET
def minutes(request, meeting_id):
    """One page that holds what was agreed and the counts, in the order of the agenda."""
    meeting = reach.facilitated(request.user, meeting_id)
    return render(request, "reports/minutes.html", {"meeting": meeting, "report": queries.minutes(meeting)})


@for_audience("facilitator")
@require_POST
def appendix(request, meeting_id):
    """The facilitator adds the notes as an appendix, or takes them away."""
    meeting = reach.facilitated(request.user, meeting_id)
    with write():
        Meeting.objects.filter(pk=meeting.pk).update(notes_in_minutes=request.POST.get("notes") == "1")
    return redirect("reports:minutes", meeting_id)


@for_audience("facilitator")
@require_GET
def workbook(request, meeting_id):
    meeting = reach.facilitated(request.user, meeting_id)
    return _file(spreadsheet.workbook(meeting), XLSX, f"{_name(meeting)}.xlsx")


@for_audience("facilitator")
@require_GET
def everything(request, meeting_id):
    meeting = reach.facilitated(request.user, meeting_id)
    text = json.dumps(exchange.export(meeting), ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", f"{_name(meeting)}.json")


def _name(meeting) -> str:
    """A file name that every system takes."""
    return "".join(c if c.isalnum() else "-" for c in meeting.title)[:60].strip("-") or "meeting"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    ascii_name = name.encode("ascii", "ignore").decode() or "meeting"
    response["Content-Disposition"] = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    return response
