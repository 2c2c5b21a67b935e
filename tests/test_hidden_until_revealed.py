"""What is hidden until it is shown: in every activity, whatever one phone says, nobody else can tell before the reveal. The page,
the stream, the exports, the log of events and the server's log are the same whichever of two things was said."""

import io
import logging
import re
import zipfile

import pytest
from django.test import Client

from implere import rooms
from implere.ballots import queries as ballots
from implere.ballots import spec
from implere.boards.models import Showing
from implere.conftest import Phone
from implere.live.models import Event
from implere.meetings import commands, reach
from implere.method import reader

pytestmark = pytest.mark.django_db
METHOD = reader.read()
KINDS = sorted({item.kind: t.id for t in METHOD.templates.values() for item in t.items}.items())
KINDS = [(kind, template) for kind, template in KINDS if METHOD.activity(kind).mechanism != "none"]
CHANGES = re.compile(  # what differs between two looks at the same thing
    r'data-ticket="[^"]*"|data-after="\d+"|data-now="\d+"|\d\d:\d\d(:\d\d)?|<dc:?[^>]*>[^<]*|data-since="[^"]*"'
)
TOLD = {"note": {"note"}}


def everything_seen(meeting, desk, other: Phone) -> dict[str, str]:
    """All that anybody but the writer can get at."""
    key = reach.screen_key(meeting)
    activity = meeting.activities.get(opened_at__isnull=False, closed_at=None)
    pages = {
        "phone": other.get(f"/m/{meeting.pk}/").text,
        "mine": other.get(f"/m/{meeting.pk}/activities/{activity.pk}/mine/").text,
        "screen": Client().get(f"/m/{meeting.pk}/screen/{key}/").text,
        "desk": desk.get(f"/m/{meeting.pk}/desk/").text,
        "preview": desk.get(f"/m/{meeting.pk}/activities/{activity.pk}/preview/").text,
        "minutes": desk.get(f"/m/{meeting.pk}/minutes/").text,
        "exchange": desk.get(f"/m/{meeting.pk}/meeting.json").text,
        "cycle": desk.get(f"/cycles/{meeting.cycle_id}/").text,
    }
    workbook = zipfile.ZipFile(io.BytesIO(desk.get(f"/m/{meeting.pk}/minutes.xlsx").content))
    pages["workbook"] = "".join(workbook.read(name).decode() for name in sorted(workbook.namelist()))
    last = Event.objects.last()
    for view in ("phone", "screen", "desk"):
        for language in ("da", "en"):
            pages[f"stream {view} {language}"] = rooms.render_event(last, view, language)
    return {name: CHANGES.sub("", text) for name, text in pages.items()}


def say_first_and_second(activity, writer: Phone):
    """Two things that the phone can say about the same, one after the other."""
    where = f"activities/{activity.pk}/"
    if activity.mechanism == "board":
        zone = activity.zones.first() if isinstance(activity.config.get("zones"), dict) else None
        form = {"text": "hemmelighed-et", "cell": str(zone.pk) if zone else ""}
        assert writer.send(where + "notes/", form).status_code == 200
        yield
        note = activity.notes.get(text="hemmelighed-et")
        assert writer.send(where + f"notes/{note.pk}/wording/", {"text": "hemmelighed-to", "version": "1"})
        assert activity.notes.get().text == "hemmelighed-to"
        yield
        return
    subject = activity.focus or activity.subjects.first()
    for place in (0, -1):
        for value in spec.values(activity):
            # A dot is the only kind of answer whose being there is what is counted.
            said = "1" if value.type == "dots" else value.allowed[place]
            sent = writer.send(where + "answers/", {"subject": str(subject.pk), value.id: said})
            assert sent.status_code == 200
        yield


@pytest.fixture
def prepared(cycle, facilitator, initiatives):
    def make(template, kind):
        meeting = commands.make_meeting(cycle, by=facilitator, title="Ledergruppen", template=template)
        commands.open_meeting(meeting)
        activity = meeting.activities.filter(kind=kind).first()
        commands.open_activity(activity)
        if activity.mechanism != "board" and not activity.subjects.exists():
            commands.focus(activity, subject=proposal(activity))
        activity.refresh_from_db()
        return meeting, activity

    return make


def proposal(activity):
    return activity.subjects.create(
        organisation_id=activity.organisation_id, text="Superbruger i alle vagter", position=1
    )


@pytest.mark.parametrize(("kind", "template"), KINDS)
def test_nobody_can_tell_what_was_said_before_it_is_shown(prepared, desk, caplog, kind, template):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db").setLevel(logging.INFO)
    meeting, activity = prepared(template, kind)
    writes = activity.mechanism != "board" or activity.config.get("write")
    if not writes:  # grouping: the notes have been shown by then
        assert activity.config["notes_from"]
        return
    writer, other = Phone(meeting), Phone(meeting)
    seen = []
    for _turn in say_first_and_second(activity, writer):
        seen.append(everything_seen(meeting, desk, other))
    assert not Showing.objects.exists() and not ballots.is_revealed(activity)
    different = [name for name in seen[0] if seen[0][name] != seen[1][name]]
    assert not different
    for event in Event.objects.all():
        assert set(event.payload) <= TOLD.get(event.kind, set())
    assert "hemmelighed" not in "".join(seen[1].values()) + caplog.text
    assert "Superbruger" not in caplog.text
