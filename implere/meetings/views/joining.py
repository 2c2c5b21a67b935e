"""Joining with a code or by the QR picture."""

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from implere.accounts.access import for_audience
from implere.meetings import guessing, reach
from implere.meetings.models import Meeting
from implere.rules import codes


@for_audience("anyone")
@require_GET
def join(request):
    """The form for a code, or, with one, the way into its meeting."""
    typed = request.GET.get("code", "")
    if not typed:
        return render(request, "meetings/join.html", {"typed": ""})
    return _enter(request, codes.normalise(typed), typed)


@for_audience("anyone")
@require_GET
def join_by_code(request, code, key=""):
    """The address in the QR picture (with its key), or a code typed after the host."""
    return _enter(request, codes.normalise(code), code, key)


def _enter(request, code, typed, key=""):
    meeting = Meeting.objects.filter(code=code).first() if code else None
    sure = meeting is not None and key == reach.join_key(meeting)
    if not sure and guessing.must_wait(request):
        return _sorry(request, "wait", typed, status=429)
    if meeting is None:
        guessing.note_wrong_guess(request)
        return _sorry(request, "unknown", typed, status=404)
    if meeting.closed_at:
        return _sorry(request, "closed", typed, status=410)
    response = redirect("meetings:participant", meeting.pk)
    if not reach.device_of(request):
        response.set_cookie(
            reach.DEVICE_COOKIE,
            reach.new_device(),
            max_age=400 * 86400,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response


def _sorry(request, why, typed, status):
    return render(request, "meetings/join.html", {"why": why, "typed": typed[:20]}, status=status)


@for_audience("anyone")
@require_GET
def qr(request, meeting_id, key):
    """The QR picture of a meeting's way in, as SVG, for whoever holds the screen's key."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None or key != reach.screen_key(meeting):
        raise Http404
    picture = segno.make(join_address(request, meeting), error="m").svg_inline(
        scale=8, border=2, dark="#16282D", light="#FFFFFF"
    )
    picture = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(picture, content_type="image/svg+xml")


def join_address(request, meeting: Meeting) -> str:
    """The whole address in the QR picture: the configured one, else the one that the screen was asked by."""
    path = reverse("meetings:join_by_key", args=[meeting.code, reach.join_key(meeting)])
    return settings.BASE_ADDRESS + path if settings.BASE_ADDRESS else request.build_absolute_uri(path)
