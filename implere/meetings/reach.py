"""Finding things through a person's reach: what somebody may not see does not exist (404)."""

import hmac
import secrets

from django.conf import settings
from django.http import Http404

from implere.live.prepared import FIRST, Prepared
from implere.meetings import anonymity
from implere.meetings.errors import Refused
from implere.meetings.models import Activity, Meeting, Participant, Subject
from implere.organisation.models import Membership

DEVICE_COOKIE = "__Host-device" if settings.HTTPS else "device"


def meetings_of(user):
    """The meetings that a user may run: those where the user is named, and all for an administrator."""
    if not user.is_authenticated:
        return Meeting.objects.none()
    administered = Membership.objects.filter(user=user, role=Membership.Role.ADMINISTRATOR)
    member = Membership.objects.filter(user=user)
    mine = Meeting.objects.filter(facilitations__user=user, organisation__in=member.values("organisation"))
    return (mine | Meeting.objects.filter(organisation__in=administered.values("organisation"))).distinct()


def facilitated(user, meeting_id) -> Meeting:
    """The meeting, if the user may run it; else 404."""
    meeting = meetings_of(user).filter(pk=meeting_id).select_related("organisation", "cycle").first()
    if meeting is None:
        raise Http404
    return meeting


by_key = Prepared(lambda pk: Activity.objects.filter(pk=pk), FIRST)


def activity_in(meeting: Meeting, activity_id) -> Activity:
    """The activity of this meeting, or 404."""
    activity = by_key.one(activity_id)
    if activity is None or activity.meeting_id != meeting.pk:
        raise Http404
    activity.meeting = meeting
    return activity


def device_of(request) -> str:
    """The device's secret name from its cookie, or ""."""
    device = request.COOKIES.get(DEVICE_COOKIE, "")
    return device if 20 <= len(device) <= 64 else ""


def new_device() -> str:
    return secrets.token_urlsafe(24)


by_device = Prepared(
    lambda meeting, device: Participant.objects.filter(meeting=meeting, device_hash=device), FIRST, "a hash"
)
meeting_by_key = Prepared(lambda pk: Meeting.objects.filter(pk=pk).order_by(), FIRST)


def participant_in(request, meeting_id) -> Participant:
    """The participant that this device is in the meeting, or 404."""
    device = device_of(request)
    tag = anonymity.device_hash(settings.SECRET_KEY, device, meeting_id)
    participant = by_device.one(meeting_id, tag) if device else None
    if participant is None:
        raise Http404
    participant.meeting = meeting_by_key.one(meeting_id)
    return participant


def screen_key(meeting: Meeting) -> str:
    """What makes a screen's address unguessable, so that the projector's machine needs no sign-in."""
    return hmac.new(settings.SECRET_KEY.encode(), f"screen|{meeting.pk}".encode(), "sha256").hexdigest()[:20]


def join_key(meeting: Meeting) -> str:
    """The end of the QR picture's address: whoever has it has seen it, so no guessing needs to be slowed down."""
    return hmac.new(settings.SECRET_KEY.encode(), f"join|{meeting.pk}".encode(), "sha256").hexdigest()[:10]


def subject_in(activity: Activity, subject_id) -> Subject:
    """The subject of this activity, or 404."""
    subject = activity.subjects.filter(pk=subject_id).first()
    if subject is None:
        raise Http404
    subject.activity = activity
    return subject


def refuse_closed(meeting: Meeting) -> None:
    """Refused where the meeting has closed, as it is now. Called inside the command's transaction."""
    if meeting.closed_at or Meeting.objects.filter(pk=meeting.pk, closed_at__isnull=False).exists():
        raise Refused("meeting_closed")


times = Prepared(
    lambda pk: Activity.objects.filter(pk=pk).values_list("opened_at", "closed_at", "meeting__closed_at"),
    FIRST,
)


def writable(activity: Activity, *, closed: str = "activity_closed") -> Activity:
    """The activity as it is now, if one may write in it; else Refused (`closed`: why, where it has closed). Called inside the
    command's transaction."""
    activity.opened_at, activity.closed_at, meeting_closed_at = times.one(activity.pk)
    if meeting_closed_at:
        raise Refused("meeting_closed")
    if activity.opened_at is None:
        raise Refused("activity_not_open")
    if activity.closed_at is not None:
        raise Refused(closed)
    return activity
