"""An initiative's own page reads as its story, and never tells a name where it was anonymous."""

from datetime import date

import pytest

from implere import rooms
from implere.boards.commands import place_note, show_notes
from implere.boards.models import Note, Origin
from implere.meetings import commands
from implere.meetings.models import Meeting, Release
from implere.organisation.models import Unit
from implere.practice.commands import effects, meaning

pytestmark = pytest.mark.django_db


def came_from(activity, initiative, phone, text="Vi mangler ro til det"):
    note = place_note(activity, phone.participant, text)
    Origin.objects.create(organisation_id=activity.organisation_id, note=note, initiative=initiative)
    return note


def test_it_shows_the_notes_that_it_came_from_once_they_have_been_shown(desk, initiatives, activity, phones):
    board = activity("brainstorm")
    came_from(board, initiatives[0], phones(1)[0])
    page = f"/initiatives/{initiatives[0].pk}/"
    assert "Vi mangler ro" not in desk.get(page).text
    show_notes(board)
    assert "Vi mangler ro" in desk.get(page).text


def test_employees_words_are_shown_only_if_they_let_them_go(desk, initiatives, activity, phones, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(audience=Meeting.Audience.EMPLOYEES)
    board = activity("brainstorm")
    came_from(board, initiatives[0], phones(1)[0])
    show_notes(board)
    page = f"/initiatives/{initiatives[0].pk}/"
    text = desk.get(page).text
    assert "Vi mangler ro" not in text and "1 seddel, hvis ord gruppen ikke har givet videre" in text
    Release.objects.create(organisation_id=meeting.organisation_id, meeting=meeting, words=True)
    assert "Vi mangler ro" in desk.get(page).text


def test_a_removed_note_is_not_told(desk, initiatives, activity, phones, meeting):
    board = activity("brainstorm")
    note = came_from(board, initiatives[0], phones(1)[0])
    show_notes(board)
    Note.objects.filter(pk=note.pk).update(removed_at=meeting.opened_at)
    assert "Vi mangler ro" not in desk.get(f"/initiatives/{initiatives[0].pk}/").text


def test_no_name_of_a_participant_stands_on_it(desk, initiatives, activity, phones):
    (phone,) = phones(1)
    type(phone.participant).objects.filter(pk=phone.participant.pk).update(name="Ingeborg")
    board = activity("brainstorm")
    came_from(board, initiatives[0], phone)
    show_notes(board)
    assert "Ingeborg" not in desk.get(f"/initiatives/{initiatives[0].pk}/").text


def test_the_placements_stand_through_time_also_what_holds_no_more(desk, initiatives, settle):
    first = settle(initiatives[0], "do_it", months_ago=8, reasons="Det hastede")
    type(first).objects.filter(pk=first.pk).update(reopened_at=first.settled_at)
    settle(initiatives[0], "together", today="do_it", stated=60, reasons="Folk var uenige")
    text = desk.get(f"/initiatives/{initiatives[0].pk}/").text
    assert text.index("Folk var uenige") < text.index("Det hastede") and "gælder ikke længere" in text
    assert "60" in text


def test_the_timeline_is_in_order_of_time(desk, initiatives, settle, municipality, monkeypatch):
    told = [lambda initiative: [(date(2020, 5, 4), "En handling blev gjort")]]
    monkeypatch.setattr(rooms, "initiative_marks", told)
    effects.add_mark(initiatives[0], on=date(2019, 1, 1), text="Kursus")
    settle(initiatives[0], what="Tavlemøde", owner="Centerleder")
    unit = Unit.objects.create(organisation=municipality, name="Solgården")
    meaning.translate(initiatives[0], unit, monday="x")
    text = desk.get(f"/initiatives/{initiatives[0].pk}/").text.split('class="timeline"')[1]
    lines = [
        "Kursus",
        "En handling blev gjort",
        "Aftalt: Tavlemøde",
        "Skrev, hvad det betyder hos dem: Solgården",
    ]
    places = [text.index(line) for line in lines]
    assert places == sorted(places)


def test_higher_and_other_rooms_add_their_parts_in_order(desk, initiatives, monkeypatch):
    late, early = (lambda i, v: (45, "<p>SIDST</p>")), (lambda i, v: (5, "<p>FØRST</p>"))
    monkeypatch.setattr(
        rooms, "initiative_parts", [*rooms.initiative_parts, late, early, lambda i, v: (1, "")]
    )
    text = desk.get(f"/initiatives/{initiatives[0].pk}/").text
    assert text.index("FØRST") < text.index('id="origin"') < text.index('id="next-steps"') < text.index("SIDST") < text.index('id="effects"')  # fmt: skip


def test_it_opens_from_the_cycle_and_after_it_was_taken_off_the_list(desk, initiatives, cycle, meeting):
    assert f'href="/initiatives/{initiatives[0].pk}/"' in desk.get(f"/cycles/{cycle.pk}/").text
    commands.close_meeting(meeting)
    type(initiatives[0]).objects.filter(pk=initiatives[0].pk).update(removed_at=meeting.opened_at)
    assert desk.get(f"/initiatives/{initiatives[0].pk}/").status_code == 200
