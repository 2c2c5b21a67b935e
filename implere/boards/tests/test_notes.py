"""Notes: kept once, never lost, never run; moved, merged and parted; dealt to the small groups."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implere.boards import commands, queries
from implere.boards.commands.writing import LONGEST, clean
from implere.boards.models import Note
from implere.conftest import Phone
from implere.initiatives.models import Initiative
from implere.meetings import commands as meetings
from implere.meetings.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(activity):
    return activity("brainstorm")


@pytest.fixture
def grouping(board, activity, phones):
    """A grouping with four notes on it and two themes: (activity, notes, zones)."""
    writer = phones(1)[0].participant
    notes = [commands.place_note(board, writer, f"Seddel {n}") for n in range(4)]
    found = activity("grouping")
    zones = [commands.name_theme(found, title) for title in ("Ældre", "Digitalt")]
    return found, notes, zones


def texts(activity) -> set[str]:
    return set(Note.objects.filter(activity=activity, removed_at=None).values_list("text", flat=True))


def send(phone, activity, path, form):
    return phone.send(f"activities/{activity.pk}/{path}", form)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "مرحبا بالعالم", "שלום", "🙂👩‍👩‍👧 ok", "A & B < C", "linje 1\nlinje 2", "Ωμέγα 漢字"],
)  # fmt: skip
def test_text_of_any_script_is_kept_as_it_is(board, phones, text):
    phone = phones(1)[0]
    answer = send(phone, board, "notes/", {"text": f"  {text}  "})
    assert answer.status_code == 200 and "<script>alert" not in answer.text
    assert texts(board) == {text}


@given(st.text(min_size=1, max_size=LONGEST))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cleaning_again_changes_nothing(text):
    try:
        once = clean(text)
    except Refused as refused:
        assert refused.code in ("empty", "too_long")
        return
    assert clean(once) == once and once.strip() == once


def test_ten_thousand_characters_are_refused_with_how_many_too_many_and_are_still_there(board, phones):
    text = "æ" * 10_000
    answer = send(phones(1)[0], board, "notes/", {"text": text})
    assert answer.status_code == 409
    assert str(10_000 - LONGEST) in answer.text and text in answer.text
    assert not texts(board)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b", "\x00\x01"])
def test_an_empty_note_is_no_note(board, phones, text):
    assert send(phones(1)[0], board, "notes/", {"text": text}).status_code == 409
    assert not texts(board)


def test_a_command_that_comes_twice_is_done_once(board, phones):
    phone = phones(1)[0]
    for _time in range(3):
        assert send(phone, board, "notes/", {"text": "Én", "command_id": "same"}).status_code == 200
    assert Note.objects.filter(activity=board).count() == 1


def test_one_person_in_two_tabs_rewording_a_note_loses_neither_text(board, phones):
    phone = phones(1)[0]
    note = commands.place_note(board, phone.participant, "Før")
    first = send(phone, board, f"notes/{note.pk}/wording/", {"text": "Fra den ene fane", "version": "1"})
    second = send(phone, board, f"notes/{note.pk}/wording/", {"text": "Fra den anden fane", "version": "1"})
    assert first.status_code == 200 and second.status_code == 200
    assert texts(board) == {"Fra den ene fane", "Fra den anden fane"}


def test_only_who_wrote_it_changes_or_removes_it(board, phones):
    mine, other = phones(2)
    note = commands.place_note(board, mine.participant, "Min")
    for path, form in (("wording/", {"text": "Din", "version": "1"}), ("removal/", {})):
        assert send(other, board, f"notes/{note.pk}/{path}", form).status_code == 409
    assert texts(board) == {"Min"}
    assert send(mine, board, f"notes/{note.pk}/removal/", {}).status_code == 200
    assert not texts(board)


def test_two_people_moving_the_same_note_are_both_told_and_it_lies_in_one_place(grouping, phones):
    activity, notes, zones = grouping
    first, second = phones(2)
    move = f"notes/{notes[0].pk}/place/"
    assert send(first, activity, move, {"zone": str(zones[0].pk), "version": "1"}).status_code == 200
    late = send(second, activity, move, {"zone": str(zones[1].pk), "version": "1"})
    assert late.status_code == 409 and "flyttet" in late.text
    again = send(first, activity, move, {"zone": str(zones[0].pk), "version": "1"})
    assert again.status_code == 200
    notes[0].refresh_from_db()
    assert notes[0].zone_id == zones[0].pk and Note.objects.count() == 4


def test_a_merge_keeps_both_texts_and_each_is_parted_to_where_it_was(grouping):
    activity, notes, zones = grouping
    commands.move_note(activity, notes[1].pk, zones[1].pk)
    commands.merge_all(activity, [notes[0].pk, notes[1].pk, notes[2].pk])
    top = queries.one_note(activity, notes[0].pk)
    assert {under.text for under in top.under} == {"Seddel 1", "Seddel 2"} and top.more == 2
    assert queries.one_note(activity, notes[1].pk) is None
    commands.part(activity, notes[1].pk)
    parted = queries.one_note(activity, notes[1].pk)
    assert parted.text == "Seddel 1" and parted.zone_id == zones[1].pk
    assert Note.objects.filter(removed_at=None).count() == 4


def test_a_pile_laid_under_another_comes_along(grouping):
    activity, notes, _zones = grouping
    commands.merge(activity, notes[1].pk, notes[0].pk)
    commands.merge(activity, notes[0].pk, notes[2].pk)
    top = queries.one_note(activity, notes[2].pk)
    assert {under.text for under in top.under} == {"Seddel 0", "Seddel 1"}


def test_notes_become_an_initiative_that_remembers_them_and_it_can_be_undone(grouping, meeting):
    activity, notes, _zones = grouping
    commands.make_initiative(activity, [notes[0].pk, notes[1].pk], "Rehabilitering")
    made = Initiative.objects.get(title="Rehabilitering")
    assert set(made.origins.values_list("note__text", flat=True)) == {"Seddel 0", "Seddel 1"}
    meetings.undo(meeting)
    assert not Initiative.objects.filter(title="Rehabilitering", removed_at=None).exists()
    assert Note.objects.filter(removed_at=None).count() == 4


def test_every_step_of_grouping_can_be_taken_back(grouping, meeting, desk):
    activity, notes, zones = grouping
    before = desk.get(f"/m/{meeting.pk}/meeting.json").json()["activities"]
    steps = [
        ("desk-place", lambda: commands.move_note(activity, notes[0].pk, zones[0].pk)),
        ("merge", lambda: commands.merge(activity, notes[1].pk, notes[0].pk)),
        ("rename", lambda: commands.rename_theme(activity, zones[0].pk, "Nyt navn")),
        ("take away", lambda: commands.take_away(activity, notes[2].pk)),
        ("initiative", lambda: commands.make_initiative(activity, [notes[3].pk], "Nyt tiltag")),
    ]
    for _name, step in steps:
        step()
    for name, _step in reversed(steps):
        assert meetings.undo(meeting), name
    assert desk.get(f"/m/{meeting.pk}/meeting.json").json()["activities"] == before


def test_every_note_is_dealt_to_one_small_group(board, activity, meeting, phones):
    people = phones(6)
    for number, phone in enumerate(people):
        commands.place_note(board, phone.participant, f"Seddel {number}")
    meetings.deal_groups(meeting, 3, seed=1)
    grouping = activity("grouping")
    dealt = [queries.dealt(grouping, p) for p in meeting.participants.select_related("group")]
    by_group = {p.group_id: {n.id for n in d} for p, d in zip(meeting.participants.all(), dealt, strict=True)}
    sizes = sorted(len(ids) for ids in by_group.values())
    assert sum(sizes) == 6 and sizes[-1] - sizes[0] <= 1
    assert len(set().union(*by_group.values())) == 6


def test_the_resource_question_asks_for_an_initiative(activity, phones, initiatives):
    found = activity("five_questions")
    phone = phones(1)[0]
    last = found.zones.filter(row="do_it").order_by("position").last()
    refused = send(phone, found, "notes/", {"text": "To timer om ugen", "cell": str(last.pk)})
    assert refused.status_code == 409 and "To timer om ugen" in refused.text and "tiltag" in refused.text
    form = {"text": "To timer om ugen", "cell": str(last.pk), "initiative": str(initiatives[0].pk)}
    assert send(phone, found, "notes/", form).status_code == 200
    assert queries.board(found).by_id.popitem()[1].about == (initiatives[0].title,)


def test_each_person_has_three_proposals(activity, phones):
    found = activity("proposals")
    phone = phones(1)[0]
    for number in range(3):
        assert send(phone, found, "notes/", {"text": f"Forslag {number}"}).status_code == 200
    assert send(phone, found, "notes/", {"text": "Et fjerde"}).status_code == 409
    note = Note.objects.get(text="Forslag 0")
    send(phone, found, f"notes/{note.pk}/removal/", {})
    assert send(phone, found, "notes/", {"text": "Et fjerde"}).status_code == 200


def test_handwritten_notes_are_typed_in_one_a_line_and_marked(board):
    commands.type_in(board, "Fra papir 1\n\nFra papir 2\n")
    assert texts(board) == {"Fra papir 1", "Fra papir 2"}
    assert all(note.by_hand for note in Note.objects.all())


def test_what_is_struck_is_gone_from_everywhere(board, meeting, desk, phones):
    phone = phones(1)[0]
    note = commands.place_note(board, phone.participant, "Karen Hansen var sur")
    commands.show_notes(board)
    commands.strike_note(board, note.pk, "Karen Hansen")
    for page in (
        phone.get(f"/m/{meeting.pk}/"),
        desk.get(f"/m/{meeting.pk}/desk/"),
        desk.get(f"/m/{meeting.pk}/meeting.json"),
    ):
        assert "Karen Hansen" not in page.text
    assert "var sur" in Note.objects.get().text


def test_a_late_phone_sees_the_board_as_it_is(board, meeting, phones):
    commands.place_note(board, phones(1)[0].participant, "Først")
    commands.show_notes(board)
    assert "Først" in Phone(meeting).page.text


@pytest.fixture
def named(meeting):
    """A brainstorm where one's name stands with what one writes."""
    board = meeting.activities.get(kind="brainstorm")
    type(board).objects.filter(pk=board.pk).update(anonymous=False)
    board.refresh_from_db()
    meetings.open_activity(board)
    board.refresh_from_db()
    return board


def test_a_name_is_asked_for_only_where_the_activity_wants_one(named, meeting, desk):
    phone = Phone(meeting)
    assert 'name="name"' in phone.page.text and 'name="text"' not in phone.page.text
    refused = send(phone, named, "notes/", {"text": "Uden navn"})
    assert refused.status_code == 409 and not texts(named)
    assert send(phone, named, "name/", {"name": "  "}).status_code == 409
    answer = send(phone, named, "name/", {"name": " Bente  Holm "})
    assert answer.status_code == 200 and 'name="text"' in answer.text
    assert send(phone, named, "notes/", {"text": "Med navn"}).status_code == 200
    commands.show_notes(named)
    assert "Bente Holm" in desk.get(f"/m/{meeting.pk}/desk/").text
    exported = desk.get(f"/m/{meeting.pk}/meeting.json").json()["activities"][named.position - 1]["content"]
    assert [note["name"] for note in exported["notes"]] == ["Bente Holm"]


def test_an_anonymous_activity_asks_for_no_name_and_shows_none(board, meeting, desk):
    phone = Phone(meeting)
    phone.participant.name = "Bente Holm"
    phone.participant.save()
    assert 'name="name"' not in phone.get(f"/m/{meeting.pk}/").text
    send(phone, board, "notes/", {"text": "Uden navn"})
    commands.show_notes(board)
    assert "Bente" not in desk.get(f"/m/{meeting.pk}/desk/").text


@pytest.mark.parametrize("words", [True, False])
def test_the_employees_words_are_seen_by_the_leaders_only_if_their_group_says_so(
    grouping, meeting, cycle, facilitator, words
):
    activity, notes, zones = grouping
    commands.move_note(activity, notes[0].pk, zones[0].pk)
    leaders = meetings.make_meeting(cycle, by=facilitator, title="Ledere", template="whole_method_3h")
    assert queries.side_by_side(leaders) == {"both": [], "ours": [], "theirs": []}
    meetings.release(meeting, words=words)
    assert queries.side_by_side(leaders)["theirs"] == [("Ældre", ["Seddel 0"] if words else [])]


def test_personal_data_is_struck_from_the_minutes_before_they_are_printed(board, meeting, desk, phones):
    note = commands.place_note(board, phones(1)[0].participant, "Karen Hansen var sur")
    desk.post(f"/m/{meeting.pk}/minutes/appendix/", {"notes": "1"})
    commands.show_notes(board)
    minutes = f"/m/{meeting.pk}/minutes/"
    assert "Karen Hansen" in desk.get(minutes).text
    path = f"/m/{meeting.pk}/activities/{board.pk}/notes/{note.pk}/striking/"
    assert desk.post(path, {"words": "Karen Hansen", "back": minutes})["Location"] == minutes
    assert "Karen Hansen" not in desk.get(minutes).text
    assert desk.post(path, {"back": "https://evil.example/"})["Location"].startswith("/m/")


def test_the_small_groups_put_their_own_proposals_together(activity, meeting, phones):
    people = phones(4)
    meetings.deal_groups(meeting, 2, seed=1)
    for phone in people:
        phone.participant.refresh_from_db()
    proposals = activity("proposals")
    mine = [p for p in people if p.participant.group_id == people[0].participant.group_id]
    theirs = next(p for p in people if p not in mine)
    notes = [commands.place_note(proposals, p.participant, f"Superbruger {n}") for n, p in enumerate(mine)]
    other = commands.place_note(proposals, theirs.participant, "Tavlemøde")
    tick = {"note": [str(note.pk) for note in notes]}
    assert send(mine[0], proposals, "putting-together/", tick).status_code == 409, "not before they are shown"
    commands.show_notes(proposals)
    assert "Tavlemøde" not in mine[0].get(f"/m/{meeting.pk}/activities/{proposals.pk}/mine/").text
    assert (
        send(mine[0], proposals, "putting-together/", {"note": [str(notes[0].pk), str(other.pk)]}).status_code
        == 409
    )
    assert send(mine[1], proposals, "putting-together/", tick).status_code == 200
    assert [under.text for under in queries.one_note(proposals, notes[0].pk).under] == ["Superbruger 1"]
    rated = activity("rating")
    assert {s.text for s in rated.subjects.all()} == {"Superbruger 0", "Tavlemøde"}
    assert send(mine[0], proposals, "putting-together/", tick).status_code == 409
