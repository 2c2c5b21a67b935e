"""Joining: one step, no account, one device is one participant."""

from django.test import Client

from implere.conftest import Phone
from implere.meetings import commands, guessing, reach


def test_a_phone_opens_the_meeting_in_one_step(meeting):
    phone = Client()
    page = phone.get(f"/j/{meeting.code}/{reach.join_key(meeting)}/", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain == [(f"/m/{meeting.pk}/", 302)]


def test_a_typed_code_may_have_spaces_and_small_letters(meeting):
    typed = f"{meeting.code[:3].lower()} {meeting.code[3:]}"
    page = Client().get("/join/", {"code": typed})
    assert page["Location"] == f"/m/{meeting.pk}/"


def test_the_same_phone_that_comes_back_is_the_same_participant(meeting):
    phone = Phone(meeting)
    phone.get(f"/m/{meeting.pk}/")
    phone.get(f"/j/{meeting.code}/", follow=True)
    assert meeting.participants.count() == 1


def test_two_phones_are_two_participants(meeting):
    Phone(meeting)
    Phone(meeting)
    assert meeting.participants.count() == 2


def test_a_wrong_code_says_so_kindly(meeting):
    page = Client().get("/join/", {"code": "ZZZZZZ"})
    assert page.status_code == 404
    assert "ZZZZZZ" in page.text


def test_a_closed_meetings_code_says_that_it_has_closed(meeting):
    commands.close_meeting(meeting)
    assert Client().get(f"/j/{meeting.code}/").status_code == 410


def test_guessing_is_slowed_down_but_the_room_gets_in(meeting):
    for _guess in range(guessing.WRONG_AN_ADDRESS):
        Client().get("/join/", {"code": "ZZZZZZ"})
    assert Client().get("/join/", {"code": "ZZZZZZ"}).status_code == 429
    assert Client().get(f"/j/{meeting.code}/{reach.join_key(meeting)}/").status_code == 302


def test_somebody_in_the_meeting_is_never_asked_to_wait(meeting):
    phone = Phone(meeting)
    for _guess in range(guessing.WRONG_AN_ADDRESS):
        Client().get("/join/", {"code": "ZZZZZZ"})
    assert phone.get(f"/m/{meeting.pk}/").status_code == 200


def test_a_device_without_a_cookie_is_asked_to_join(meeting):
    assert Client().get(f"/m/{meeting.pk}/")["Location"] == "/join/"


def test_groups_are_dealt_evenly_and_can_be_taken_back(meeting, phones):
    phones(7)
    commands.deal_groups(meeting, 3)
    sizes = sorted(group.participants.count() for group in meeting.groups.all())
    assert sizes == [2, 2, 3]
    commands.undo(meeting)
    assert not meeting.participants.filter(group__isnull=False).exists()


def test_a_late_comer_sits_down_in_the_smallest_group(meeting, phones):
    phones(5)
    commands.deal_groups(meeting, 3)
    smallest = min(meeting.groups.all(), key=lambda group: (group.participants.count(), group.number))
    late = Phone(meeting)
    assert late.participant.group == smallest
