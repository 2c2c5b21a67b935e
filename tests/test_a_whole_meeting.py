"""The whole method over HTTP: nine phones, a desk, a screen; each activity does what it promises, and every surface opens."""

import re

import pytest
from django.test import Client

from implere import rooms
from implere.ballots.models import Answer
from implere.boards.models import Note
from implere.decisions.models import Decision
from implere.initiatives.models import Chosen, Initiative
from implere.meetings import commands, queries, reach
from implere.meetings.models import Meeting
from implere.organisation.walls import crossings
from tests.danish import english_in
from tests.replay import ReplayedPage, fresh

PHONES = 9


class Room:
    """A meeting with its desk, screen and phones, and the shortcuts that the test speaks in."""

    def __init__(self, meeting, desk, phones):
        self.meeting, self.desk, self.phones = meeting, desk, phones
        self.screen = Client()
        self.replayed, self.kinds = {}, set()

    def open(self, kind):
        activity = self.meeting.activities.get(kind=kind)
        assert self.at_the_desk(f"activities/{activity.pk}/opening/").status_code == 200
        activity.refresh_from_db()
        self.activity = activity
        self.look()
        return activity

    def at_the_desk(self, path, data=None):
        return self.desk.post(f"/m/{self.meeting.pk}/{path}", data or {}, headers={"HX-Request": "true"})

    def do(self, path, data=None):
        answer = self.at_the_desk(f"activities/{self.activity.pk}/{path}", data)
        assert answer.status_code == 200, answer.text
        self.look()
        return answer

    def say(self, phone, path, data):
        answer = phone.send(f"activities/{self.activity.pk}/{path}", data)
        assert answer.status_code == 200, answer.text
        if phone is self.phones[0]:
            self.look()
        return answer

    def look(self):
        """Every surface opens."""
        self.pages = {
            "desk": self.desk.get(f"/m/{self.meeting.pk}/desk/"),
            "screen": self.screen.get(f"/m/{self.meeting.pk}/screen/{reach.screen_key(self.meeting)}/"),
            "phone": self.phones[0].get(f"/m/{self.meeting.pk}/"),
        }
        for surface, page in self.pages.items():
            assert page.status_code == 200, surface
            assert not english_in(page.text), surface
            self.holds(surface, page.text)
        return {surface: page.text for surface, page in self.pages.items()}

    def holds(self, surface, text):
        """Page + stream = fresh page: a page that was loaded at first, and only listened since, is what a fresh one is."""
        audiences = ("room", "desk") if surface == "desk" else ("room",)
        if surface not in self.replayed:
            self.replayed[surface] = ReplayedPage(text, surface)
        self.kinds |= set(self.replayed[surface].listen(self.meeting, audiences))
        assert self.replayed[surface].text() == fresh(text), surface


@pytest.fixture
def room(meeting, desk, phones, initiatives):
    return Room(meeting, desk, phones(PHONES))


def overview(room):
    """Step 1: everybody writes, the notes are shown, grouped, and made into initiatives; dots choose."""
    room.open("brainstorm")
    for number, phone in enumerate(room.phones):
        room.say(phone, "notes/", {"text": f"Seddel {number} om hjemmeplejen"})
    assert "Seddel 3" not in str(room.look()["screen"]) + room.look()["desk"]
    room.do("showing/")
    assert "Seddel 3" in room.look()["screen"]
    assert room.at_the_desk("groups/", {"count": "3"}).status_code == 200
    room.open("grouping")
    room.do("themes/", {"title": "Ældre og sundhed"})
    zone = room.activity.zones.get(theme__title="Ældre og sundhed")
    notes = list(Note.objects.filter(activity__meeting=room.meeting).order_by("text"))
    room.say(room.phones[0], f"notes/{notes[0].pk}/place/", {"zone": str(zone.pk)})
    room.do(
        "gathering/",
        {"note": [str(notes[0].pk), str(notes[1].pk)], "as": "initiative", "title": "Rehabilitering"},
    )
    assert set(Initiative.objects.get(title="Rehabilitering").origins.values_list("note", flat=True)) == {
        notes[0].pk,
        notes[1].pk,
    }
    room.do("gathering/", {"note": [str(notes[2].pk), str(notes[3].pk)], "as": "merge"})
    room.open("choice")
    subjects = list(room.activity.subjects.all())
    assert len(subjects) == 4
    for phone in room.phones:
        for subject in subjects[:3]:
            room.say(phone, "answers/", {"subject": str(subject.pk), "dots": "1"})
    refused = room.phones[0].send(
        f"activities/{room.activity.pk}/answers/", {"subject": str(subjects[3].pk), "dots": "1"}
    )
    assert refused.status_code == 409
    room.do("reveal/")
    room.do("choice/", {"subject": [str(s.pk) for s in subjects[:3]]})
    assert Chosen.objects.count() == 3
    room.open("challenges")
    room.say(room.phones[1], "notes/", {"text": "Vi begynder for meget"})


def come_too_late(room):
    """A note for the brainstorm comes an hour late: the facilitator takes it in, back out, and in again."""
    brainstorm = room.meeting.activities.get(kind="brainstorm")
    sent = room.phones[2].send(f"activities/{brainstorm.pk}/notes/", {"text": "Lå i lommen"})
    assert sent.status_code == 202
    assert "Lå i lommen" in room.look()["desk"]
    late = Note.objects.get(text="Lå i lommen")
    path = f"activities/{brainstorm.pk}/notes/{late.pk}/taking-in/"
    for address, is_away in ((path, False), ("undoing/", True), ("redoing/", False)):
        assert room.at_the_desk(address).status_code == 200
        late.refresh_from_db()
        assert (late.removed_at is not None) is is_away
        room.look()
    seen = room.desk.get(f"/m/{room.meeting.pk}/activities/{brainstorm.pk}/history/")
    assert seen.status_code == 200 and "Lå i lommen" in seen.text and not english_in(seen.text)


def place(room):
    """Step 2: three taps each; what is agreed is settled in one act; one revote."""
    room.open("placement")
    subjects = list(room.activity.subjects.all())
    approaches = [option["id"] for option in _approaches()]
    for number, phone in enumerate(room.phones):
        for place, subject in enumerate(subjects):
            said = approaches[1] if place else approaches[number % 3]
            for value in ({"today": said}, {"onwards": approaches[2] if place else said}, {"forecast": "70"}):
                room.say(phone, "answers/", {"subject": str(subject.pk)} | value)
    assert Answer.objects.filter(activity=room.activity).count() == PHONES * len(subjects)
    room.do("reveal/")
    room.do("agreement/")
    assert Decision.objects.filter(subject__activity=room.activity, reopened_at=None).count() == 2
    step = commands.undoing.last_step(room.meeting)
    assert room.at_the_desk("undoing/", {"step": str(step.pk)}).status_code == 200
    assert not Decision.objects.filter(subject__activity=room.activity, reopened_at=None).exists()
    room.do("agreement/")
    room.do("focus/", {"subject": str(subjects[0].pk)})
    room.do(f"subjects/{subjects[0].pk}/revote/")
    for phone in room.phones:
        for value in ({"today": approaches[0]}, {"onwards": approaches[3]}, {"forecast": "60"}):
            room.say(phone, "answers/", {"subject": str(subjects[0].pk)} | value)
    room.do(f"subjects/{subjects[0].pk}/revote/reveal/")
    assert Answer.objects.filter(subject=subjects[0]).count() == 2 * PHONES
    room.do(
        f"subjects/{subjects[0].pk}/placement/",
        {
            "today": approaches[0],
            "onwards": approaches[3],
            "reasons": "Flere fag",
            "resources": "To timer om ugen",
        },
    )
    room.do("focus/", {"view": "map"})
    assert "3" in re.search(r"<h1>([^<]*)</h1>", room.look()["screen"])[1]


def _approaches():
    from implere.method import reader

    return [{"id": approach.id} for approach in reader.load().approaches]


def learn(room):
    """Step 2 goes on: five questions, experience, leadership."""
    room.open("five_questions")
    zones = list(room.activity.zones.all())
    room.say(room.phones[0], "notes/", {"text": "Nyt lønsystem", "cell": str(zones[0].pk)})
    refused = room.phones[0].send(
        f"activities/{room.activity.pk}/notes/", {"text": "To timer", "cell": str(zones[4].pk)}
    )
    assert refused.status_code == 409 and "To timer" in refused.text
    some = Initiative.objects.first()
    room.say(
        room.phones[0], "notes/", {"text": "To timer", "cell": str(zones[4].pk), "initiative": str(some.pk)}
    )
    room.do("showing/")
    room.open("experience")
    zones = list(room.activity.zones.all())
    assert len(zones) == 6
    room.say(room.phones[2], "notes/", {"text": "TR var med", "cell": str(zones[0].pk)})
    room.do("showing/")
    room.open("leadership")
    room.say(room.phones[2], "notes/", {"text": "Være til stede"})


def decide(room):
    """Step 3: proposals, rating, the next step with everybody's probability, the realisations."""
    room.open("proposals")
    for text in ("Superbruger i alle vagter", "Stop to projekter", "Tavlemøde"):
        room.say(room.phones[0], "notes/", {"text": text})
    assert (
        room.phones[0].send(f"activities/{room.activity.pk}/notes/", {"text": "En fjerde"}).status_code == 409
    )
    room.do("showing/")
    room.open("rating")
    assert room.activity.subjects.count() == 3
    for phone in room.phones:
        for number, subject in enumerate(room.activity.subjects.all()):
            said = {"visible": str(5 - number), "resources": "3", "help": "4"}
            room.say(phone, "answers/", {"subject": str(subject.pk)} | said)
    room.do("reveal/")
    room.open("next_step")
    subject = room.activity.subjects.first()
    room.do(f"subjects/{subject.pk}/proposal/")
    for phone in room.phones:
        room.say(phone, "answers/", {"subject": str(subject.pk), "sure": "80"})
    room.do("reveal/")
    refused = room.at_the_desk(
        f"activities/{room.activity.pk}/subjects/{subject.pk}/next-step/",
        {"what": "x", "owner": "y", "due": "snart"},
    )
    assert refused.status_code == 409 and "snart" in refused.text
    room.do(
        f"subjects/{subject.pk}/next-step/",
        {
            "what": "Superbruger i alle vagter",
            "owner": "Chef for hjemmeplejen",
            "due": "om to uger",
            "effect": "Færre fejl",
        },
    )
    decision = Decision.objects.get(what="Superbruger i alle vagter")
    assert (decision.stated, decision.probability) == (80, 80) and decision.review_on
    room.open("realisations")
    for phone in room.phones:
        for each in room.activity.subjects.all():
            room.say(phone, "answers/", {"subject": str(each.pk), "met": "yes"})
    room.do("reveal/")


def test_a_group_goes_through_the_whole_method(room):
    room.open("arrival")
    commands.note_presence(room.meeting.pk, {str(phone.participant.pk): True for phone in room.phones[:4]})
    assert "4" in room.look()["desk"]
    overview(room)
    come_too_late(room)
    place(room)
    room.open("break")
    learn(room)
    decide(room)
    room.open("closing")
    assert room.at_the_desk("closing/").status_code == 200
    room.look()
    assert room.kinds == set(rooms.events), "an event of this kind was never replayed"
    assert queries.current(Meeting.objects.get(pk=room.meeting.pk)) is None
    for address in (f"/m/{room.meeting.pk}/minutes/", f"/cycles/{room.meeting.cycle_id}/"):
        page = room.desk.get(address)
        assert page.status_code == 200 and "Superbruger i alle vagter" in page.text
        assert not english_in(page.text)
    assert room.desk.get(f"/m/{room.meeting.pk}/minutes.xlsx").status_code == 200
    assert not crossings()
    assert room.desk.get(f"/m/{room.meeting.pk}/meeting.json").json()["format"]
