"""What happened: the page with the slider, and redo at the desk, over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from implere.boards import commands as boards
from implere.boards.models import Merge
from implere.meetings import commands
from tests.danish import english_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def grouped(activity, phones):
    """A grouping with two themes; the first note was moved twice, the second laid under the first."""
    writer, board = phones(1)[0], activity("brainstorm")
    notes = [boards.place_note(board, writer.participant, f"Seddel {n}") for n in range(3)]
    found = activity("grouping")
    zones = [boards.name_theme(found, title) for title in ("Ældre", "Digitalt")]
    for zone in zones:
        boards.move_note(found, notes[0].pk, zone.pk)
    boards.merge(found, notes[1].pk, notes[0].pk)
    return found, notes, zones


def address(activity) -> str:
    return f"/m/{activity.meeting_id}/activities/{activity.pk}/history/"


def test_the_slider_shows_the_board_at_each_step(grouped, desk):
    activity, notes, zones = grouped
    page = desk.get(address(activity))
    assert page.status_code == 200 and not english_in(page.text)
    assert 'max="5" value="5"' in page.text and "5 af 5" in page.text and "?step=4" in page.text
    places = []
    for step in range(6):
        text = desk.get(address(activity), {"step": step}).text
        begins = text.index(f'id="note-{notes[0].pk}"')
        places.append(text[begins:].split('data-into="')[1].split('"')[0].removeprefix("notes-"))
        assert (f'id="note-{notes[1].pk}"' in text) is (step < 5)
        assert ("Ældre" in text.split('id="then"')[1].split("<details class")[0]) is (step > 0)
    ids = [str(zone.pk) for zone in zones]
    assert places == [str(activity.pk)] * 3 + [ids[0], ids[1], ids[1]]


def test_the_script_gets_the_picture_alone(grouped, desk):
    activity, _notes, _zones = grouped
    answer = desk.get(address(activity), {"step": "2"}, headers={"HX-Request": "true"})
    assert answer.text.strip().startswith('<div id="moment"') and 'id="then"' in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("step", ["", "-1", "x", "99999", "9" * 400, "٣"])
def test_any_other_place_on_the_slider_is_the_last_one(grouped, desk, step):
    activity, _notes, _zones = grouped
    page = desk.get(address(activity), {"step": step})
    assert page.status_code == 200 and "5 af 5" in page.text


def test_looking_back_moves_nobody(grouped, desk, meeting):
    activity, notes, _zones = grouped
    before = meeting.steps.count(), Merge.objects.count()
    desk.get(address(activity), {"step": "0"})
    notes[0].refresh_from_db()
    assert (meeting.steps.count(), Merge.objects.count()) == before and notes[0].zone_id


def test_nobody_is_named_not_even_where_notes_have_names(grouped, desk, phones):
    activity, notes, _zones = grouped
    person = phones(1)[0].participant
    person.name = "Bente"
    person.save()
    notes[2].participant, notes[2].writer = person, ""
    notes[2].save()
    assert "Bente" not in desk.get(address(activity), {"step": "0"}).text


def test_nothing_is_there_before_the_notes_are_shown(activity, phones, desk):
    board = activity("brainstorm")
    boards.place_note(board, phones(1)[0].participant, "Hemmelig")
    boards.type_in(board, "Fra papir")
    page = desk.get(address(board))
    assert page.status_code == 200 and "Hemmelig" not in page.text and 'type="range"' not in page.text


def test_it_is_gone_when_the_meeting_has_closed(grouped, desk, meeting):
    activity, _notes, _zones = grouped
    commands.close_meeting(meeting)
    page = desk.get(address(activity))
    assert page.status_code == 410 and "Seddel" not in page.text and not english_in(page.text)


def test_it_takes_as_many_queries_for_many_steps_as_for_few(grouped, desk):
    activity, notes, zones = grouped
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address(activity), {"step": "1"}).status_code == 200
        counts.append(len(captured))
        for turn in range(20):
            boards.move_note(activity, notes[2].pk, zones[turn % 2].pk)
            boards.make_initiative(activity, [notes[2].pk], f"Tiltag {turn}")
    assert counts[0] == counts[1] <= 40


def test_the_desk_offers_redo_after_undo_and_not_after_a_new_step(grouped, desk, meeting):
    activity, notes, _zones = grouped
    page = desk.get(f"/m/{meeting.pk}/desk/").text
    assert 'id="undo-button"' in page and 'id="redo-button"' not in page
    taken = desk.post(f"/m/{meeting.pk}/undoing/", headers={"HX-Request": "true"})
    assert "Gør det igen" in taken.text and not Merge.objects.exists()
    again = desk.post(f"/m/{meeting.pk}/redoing/", headers={"HX-Request": "true"})
    assert again.status_code == 200 and Merge.objects.exists() and 'id="redo-button"' not in again.text
    assert desk.post(f"/m/{meeting.pk}/redoing/", headers={"HX-Request": "true"}).status_code == 409
    desk.post(f"/m/{meeting.pk}/undoing/")
    boards.take_away(activity, notes[2].pk)
    assert 'id="redo-button"' not in desk.get(f"/m/{meeting.pk}/desk/").text


def test_opening_and_closing_are_done_again(activity, meeting):
    first = activity("brainstorm")
    second = activity("grouping")
    for _step in range(2):
        commands.undo(meeting)
    commands.redo(meeting)
    first.refresh_from_db()
    assert first.is_open
    commands.redo(meeting)
    first.refresh_from_db(), second.refresh_from_db()
    assert second.is_open and not first.is_open
    commands.close_activity(second)
    commands.undo(meeting)
    commands.redo(meeting)
    second.refresh_from_db()
    assert not second.is_open


def test_groups_are_dealt_again_as_they_were(meeting, phones):
    phones(7)

    def seats():
        return list(meeting.participants.order_by("pk").values_list("group__number", flat=True))

    commands.deal_groups(meeting, 3, seed=1)
    three = seats()
    commands.deal_groups(meeting, 2, seed=1)
    two = seats()
    commands.undo(meeting)
    assert seats() == three
    commands.undo(meeting)
    assert seats() == [None] * 7
    commands.redo(meeting)
    commands.redo(meeting)
    assert seats() == two


def test_a_picture_is_released_again(meeting):
    commands.release(meeting, words=True)
    commands.release(meeting, words=False)
    commands.undo(meeting)
    meeting.refresh_from_db()
    assert meeting.release.words
    commands.undo(meeting)
    assert not type(meeting.release).objects.exists()
