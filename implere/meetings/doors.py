"""The doors for commands: parse the address, find through the person's reach, run once, answer. The views of the
mechanisms are functions behind these doors and hold nothing but the parsing of their own fields."""

from functools import partial, wraps
from secrets import token_hex
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from implere import rooms
from implere.accounts.access import for_audience
from implere.live.commands import once, write
from implere.meetings import reach, stage
from implere.meetings.errors import Refused
from implere.rooms import Viewer
from implere.ui.fragments import answer

LONGEST_COMMAND_ID = 64
HANDED_IN = gettext_lazy(
    "This came after the activity had closed. The facilitator has it now, and can still take it in."
)


def command_id(request) -> str:
    """The id that the phone made for this command; "" from a plain form without one."""
    return request.POST.get("command_id", "")[:LONGEST_COMMAND_ID]


def run_once(meeting, request, perform) -> dict:
    """Runs perform() once for this command id; a repeat gets the first answer. Commands in one meeting take turns."""
    if command_id(request):
        return once(meeting.channel, command_id(request), perform)
    with write(meeting.channel):
        return perform() or {}


def key_of(request, name: str) -> UUID | None:
    """The id in a field of the form; None where it is empty; 404 for what is no id."""
    typed = request.POST.get(name, "")
    return _key(typed) if typed else None


def keys_of(request, name: str) -> list[UUID]:
    """The ids in the fields with this name; 404 for what is no id."""
    return [_key(typed) for typed in request.POST.getlist(name)]


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None


def _inside(request, path: str | None) -> str:
    """The path if it is one of ours, else ""."""
    return path if path and url_has_allowed_host_and_scheme(path, {request.get_host()}) else ""


def participants_command(view):
    """A door for `view(request, activity, participant)`: answers with the participant's own region, or with the reason
    and what was typed. A view that returns HTML has drawn what changed in that region, and the answer is that alone."""

    @for_audience("participant")
    @require_POST
    @wraps(view)
    def door(request, meeting_id, activity_id, **more):
        participant = reach.participant_in(request, meeting_id)
        activity = reach.activity_in(participant.meeting, activity_id)
        page = reverse("meetings:participant", args=[meeting_id])
        drawn = []

        def perform():
            done = view(request, activity, participant, **more) or {}
            if isinstance(done, str):
                drawn.append(done)
                return {}
            return done

        try:
            outcome = run_once(activity.meeting, request, perform)
        except Refused as refused:
            if not _is_kept_late(request, activity, participant, refused, more):
                return _refuse(request, activity, participant, refused)
            outcome = {"late": True}
        if outcome.get("late"):
            return _answer_late(request, participant, HANDED_IN, status=202)
        return answer(request, drawn or [draw_mine(activity, participant)], location=page)

    return door


def _is_kept_late(request, activity, participant, refused: Refused, more: dict) -> bool:
    """Whether what was written for an activity that has closed in the meantime is kept for the facilitator; once, like any
    other command."""
    keep = rooms.mechanism_of(activity).late
    if refused.code != "activity_closed" or keep is None:
        return False
    try:
        run_once(
            activity.meeting, request, lambda: keep(request, activity, participant, **more) or {"late": True}
        )
    except Refused:
        return False
    return True


def _answer_late(request, participant, sentence: str, *, status: int):
    """What came too late, beside what is going on now, with what is to become of it."""
    facts = {
        "sentence": sentence,
        "refused": status == 409,
        "text": request.POST.get("text", ""),
        "id": token_hex(4),
    }
    late = render_to_string("meetings/phone/late.html", facts)
    if request.headers.get("HX-Request"):
        return answer(request, [late], status=status)
    from implere.meetings.views.participants import participants_page

    return participants_page(request, participant, late=late, status=status)


def _refuse(request, activity, participant, refused: Refused):
    """The reason, and what was typed: in its place, or, where the activity is over, beside what is going on now."""
    if refused.is_late:
        return _answer_late(request, participant, refused.sentence, status=409)
    mine = draw_mine(activity, participant, typed=request.POST.dict(), error=refused.sentence)
    if request.headers.get("HX-Request"):
        return answer(request, [mine], status=409)
    from implere.meetings.views.participants import participants_page

    return participants_page(request, participant, mine=mine, status=409)


def empty_mine(activity) -> str:
    """The participant's own region without anything in it, as the stream draws it."""
    source = reverse("meetings:mine", args=[activity.meeting_id, activity.pk])
    return format_html('<div id="mine" data-private data-src="{}"></div>', source)


def draw_mine(activity, participant, *, typed=None, error="") -> str:
    """The region that only this participant may see: one element, `mine`."""
    inner = rooms.mechanism_of(activity).private(activity, participant, typed=typed or {}, error=error)
    return mark_safe(empty_mine(activity).replace("></div>", f">{inner}</div>"))


def facilitators_command(view=None, *, even_closed: bool = False):
    """A door for `view(request, activity)`: answers with the desk as it is now, or with the reason. In a meeting that has
    closed nothing is done, but for what says that it is (`even_closed`)."""
    if view is None:
        return partial(facilitators_command, even_closed=even_closed)

    @for_audience("facilitator")
    @require_POST
    @wraps(view)
    def door(request, meeting_id, activity_id=None, **more):
        meeting = reach.facilitated(request.user, meeting_id)
        about = reach.activity_in(meeting, activity_id) if activity_id else meeting
        desk = reverse("meetings:desk", args=[meeting_id])

        def perform():
            if not even_closed:
                reach.refuse_closed(meeting)
            return view(request, about, **more) or {}

        try:
            outcome = run_once(meeting, request, perform)
        except Refused as refused:
            if request.headers.get("HX-Request"):
                return answer(request, [said(refused.sentence)], status=409)
            from django.contrib import messages

            messages.error(request, refused.sentence)
            return redirect(desk)
        meeting.refresh_from_db()
        regions = stage.draw(meeting, Viewer("desk", user=request.user))
        return answer(
            request,
            [*regions.values(), said(outcome.get("said", ""))],
            location=_inside(request, request.POST.get("back")) or desk,
        )

    return door


def said(sentence: str) -> str:
    """What the desk says about the last command: a region of its own, read out politely."""
    return format_html('<p id="said" role="status">{}</p>', sentence and _(sentence))
