"""Ballots: private until they are shown, one row for each person and subject, floors on small groups, one revote."""

import pytest

from implere.ballots import commands, queries
from implere.ballots.models import Answer
from implere.conftest import Phone
from implere.initiatives.models import Chosen, Initiative
from implere.meetings import commands as meetings
from implere.meetings.errors import Refused
from implere.rules import dots

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(activity, initiatives):
    for place, each in enumerate(initiatives):
        Chosen.objects.create(organisation_id=each.organisation_id, initiative=each, position=place)
    return activity("placement")


def say(activity, phone, subject, **said):
    return phone.send(f"activities/{activity.pk}/answers/", {"subject": str(subject.pk)} | said)


def here(meeting, phones):
    meetings.note_presence(meeting.pk, {str(phone.participant.pk): True for phone in phones})


def test_two_taps_of_one_person_are_one_answer(placement, phones):
    phone, subject = phones(1)[0], placement.subjects.first()
    say(placement, phone, subject, today="do_it")
    say(placement, phone, subject, today="together")
    say(placement, phone, subject, onwards="close_by")
    assert Answer.objects.get().values == {"today": "together", "onwards": "close_by"}


def test_a_new_initiative_begins_as_not_begun(placement, phones, initiatives):
    subject = placement.subjects.get(initiative=initiatives[2])
    say(placement, phones(1)[0], subject, onwards="do_it")
    assert Answer.objects.get().values == {"today": "not_begun", "onwards": "do_it"}


def test_not_knowing_is_an_answer_and_is_counted_apart(placement, phones):
    subject = placement.subjects.first()
    for number, phone in enumerate(phones(5)):
        assert say(placement, phone, subject, today="dont_know" if number < 2 else "do_it").status_code == 200
    commands.reveal(placement)
    today = next(t for t in queries.tallies(placement) if t.subject.pk == subject.pk).today
    assert today.n == 3 and sum(count for _option, count in today.unsure) == 2


@pytest.mark.parametrize(
    "said",
    [{"today": "magic"}, {"forecast": "55"}, {"forecast": "-10"}, {"forecast": "110"}, {"other": "x"}, {}],
)
def test_what_is_no_possible_answer_is_refused(placement, phones, said):
    assert say(placement, phones(1)[0], placement.subjects.first(), **said).status_code == 409
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("present", "answered", "shown"),
    [(8, 4, False), (8, 5, True), (12, 5, True), (7, 2, False), (7, 3, True), (3, 3, True), (2, 2, False)],
)
def test_small_groups_are_protected(placement, meeting, phones, present, answered, shown):
    """product.md: not under five where eight or more are present; three to seven may be shown, with a warning beforehand."""
    people = phones(present)
    here(meeting, people)
    for phone in people[:answered]:
        say(placement, phone, placement.subjects.first(), today="do_it")
    if shown:
        commands.reveal(placement)
    else:
        with pytest.raises(Refused, match="too_few"):
            commands.reveal(placement)
    assert queries.is_revealed(placement) is shown


def test_a_small_room_is_told_beforehand_that_answers_can_be_guessed(placement, meeting, phones):
    people = phones(4)
    assert "gættes" in people[0].get(f"/m/{meeting.pk}/").text
    more = phones(4)
    assert "gættes" not in more[0].get(f"/m/{meeting.pk}/").text


def test_one_revote_and_both_rounds_are_kept(placement, phones):
    people, subject = phones(5), placement.subjects.first()
    for number, phone in enumerate(people):
        say(
            placement,
            phone,
            subject,
            today="do_it" if number % 2 else "together",
            onwards="do_it",
            forecast="50",
        )
    commands.reveal(placement)
    commands.open_revote(subject)
    for phone in people:
        assert (
            say(placement, phone, subject, today="together", onwards="do_it", forecast="70").status_code
            == 200
        )
    other = placement.subjects.last()
    assert say(placement, people[0], other, today="do_it").status_code == 409
    commands.reveal_revote(subject)
    tally = next(t for t in queries.tallies(placement) if t.subject.pk == subject.pk)
    assert tally.round == 2 and tally.n == 5 and tally.first.n == 5
    assert tally.today.agreed.id == "together"
    assert say(placement, people[0], subject, today="do_it").status_code == 409


def test_the_second_round_is_hidden_until_it_is_shown(placement, phones, meeting, desk):
    people, subject = phones(5), placement.subjects.first()
    for phone in people:
        say(placement, phone, subject, today="do_it", onwards="do_it", forecast="50")
    commands.reveal(placement)
    commands.open_revote(subject)
    before = queries.tallies(placement)
    say(placement, people[0], subject, today="close_by", onwards="close_by", forecast="100")
    after = queries.tallies(placement)
    assert [t.tallies for t in before] == [t.tallies for t in after]


def test_the_dots_are_as_many_as_the_rule_says(activity, phones, initiatives):
    choice = activity("choice")
    phone, subjects = phones(1)[0], list(choice.subjects.all())
    allowed = dots.dots(len(subjects))
    answers = [say(choice, phone, subject, dots="1").status_code for subject in subjects]
    assert answers == [200] * allowed + [409] * (len(subjects) - allowed)
    assert say(choice, phone, subjects[0], dots="0").status_code == 200
    assert say(choice, phone, subjects[-1], dots="1").status_code == 200


def test_at_most_twelve_go_on_and_the_others_stay(activity, meeting, cycle, phones, desk):
    for number in range(15):
        Initiative.objects.create(
            organisation_id=cycle.organisation_id, cycle=cycle, title=f"Tiltag {number}", position=number
        )
    choice = activity("choice")
    subjects = list(choice.subjects.all())
    for phone in phones(3):
        say(choice, phone, subjects[0], dots="1")
    commands.reveal(choice)
    with pytest.raises(Refused, match="full"):
        commands.choose(choice, [s.pk for s in subjects[:13]])
    commands.choose(choice, [s.pk for s in subjects[:12]])
    assert Chosen.objects.count() == 12 and Initiative.objects.filter(removed_at=None).count() == 15
    meetings.undo(meeting)
    assert Chosen.objects.count() == 0


def test_the_initiatives_stand_in_another_order_on_each_phone(activity, cycle, meeting):
    for number in range(8):
        Initiative.objects.create(
            organisation_id=cycle.organisation_id, cycle=cycle, title=f"Tiltag {number}", position=number
        )
    activity("choice")
    orders = set()
    for _phone in range(4):
        text = Phone(meeting).page.text
        orders.add(tuple(sorted(range(8), key=lambda n: text.index(f"Tiltag {n}"))))
    assert len(orders) > 1


def test_who_answered_what_is_on_no_page(placement, meeting, phones, desk):
    named = phones(5)
    for phone in named:
        say(placement, phone, placement.subjects.first(), today="do_it", onwards="do_it", forecast="30")
    commands.reveal(placement)
    text = desk.get(f"/m/{meeting.pk}/desk/").text
    assert not any(str(phone.participant.pk) in text for phone in named)
