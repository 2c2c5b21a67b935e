"""Running a meeting: one activity at a time, each step can be taken back, looking moves nobody."""

import pytest

from implere.meetings import commands, queries
from implere.meetings.errors import Refused
from implere.meetings.models import ActivityKey


def first_two(meeting):
    return list(meeting.activities.exclude(mechanism="none")[:2])


def test_opening_the_next_closes_the_one_before(meeting):
    first, second = first_two(meeting)
    commands.open_activity(first)
    commands.open_activity(second)
    first.refresh_from_db()
    assert first.closed_at and queries.current(meeting) == second


def test_opening_twice_does_no_harm(meeting):
    first, _second = first_two(meeting)
    commands.open_activity(first)
    commands.open_activity(first)
    assert meeting.steps.count() == 1


def test_opening_can_be_taken_back(meeting):
    first, second = first_two(meeting)
    commands.open_activity(first)
    commands.open_activity(second)
    commands.undo(meeting)
    assert queries.current(meeting) == first


def test_closing_can_be_taken_back(meeting):
    first, _second = first_two(meeting)
    commands.open_activity(first)
    first.refresh_from_db()
    commands.close_activity(first)
    assert queries.current(meeting) is None
    commands.undo(meeting)
    assert queries.current(meeting) == first


def test_undo_does_nothing_when_somebody_else_did_something_meanwhile(meeting):
    first, second = first_two(meeting)
    commands.open_activity(first)
    seen = commands.undoing.last_step(meeting)
    commands.open_activity(second)
    with pytest.raises(Refused, match="another_is_first"):
        commands.undo(meeting, step_id=seen.pk)
    assert queries.current(meeting) == second


def test_the_key_of_an_anonymous_activity_goes_when_it_closes_and_is_new_when_reopened(meeting):
    first, _second = first_two(meeting)
    commands.open_activity(first)
    first.refresh_from_db()
    key = bytes(ActivityKey.objects.get(activity=first).key)
    commands.close_activity(first)
    assert not ActivityKey.objects.exists()
    commands.open_activity(first)
    assert bytes(ActivityKey.objects.get(activity=first).key) != key


def test_a_closed_meeting_opens_nothing(meeting):
    commands.close_meeting(meeting)
    with pytest.raises(Refused, match="meeting_closed"):
        commands.open_activity(meeting.activities.first())


def test_looking_at_another_activity_moves_nobody(meeting, desk):
    first, second = first_two(meeting)
    commands.open_activity(first)
    page = desk.get(f"/m/{meeting.pk}/desk/", {"look": str(second.pk)})
    assert page.status_code == 200
    assert queries.current(meeting) == first


def test_a_stranger_does_not_find_the_desk(client, meeting, stranger):
    client.force_login(stranger)
    assert client.get(f"/m/{meeting.pk}/desk/").status_code == 404
    assert client.post(f"/m/{meeting.pk}/closing/").status_code == 404
    meeting.refresh_from_db()
    assert meeting.closed_at is None


def test_the_timer_counts_what_was_used_and_can_pause(meeting):
    first, _second = first_two(meeting)
    commands.open_activity(first)
    commands.pause_timer(first)
    first.refresh_from_db()
    left = first.seconds_left
    commands.add_minutes(first, 2)
    first.refresh_from_db()
    assert first.seconds_left == left + 120
    commands.resume_timer(first)
    first.refresh_from_db()
    assert first.seconds_left is None and first.ends_at


def test_another_site_changes_nothing(meeting, desk):
    answer = desk.post(f"/m/{meeting.pk}/closing/", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    meeting.refresh_from_db()
    assert meeting.closed_at is None
