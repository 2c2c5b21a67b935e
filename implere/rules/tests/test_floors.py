"""Small groups are protected: five answers where eight are present; three, and a warning, where fewer are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.floors import ballot_floor, may_reveal, warning

few = settings(max_examples=40, deadline=None)
people = st.integers(0, 60)


@pytest.mark.parametrize(("present", "floor"), [(3, 3), (7, 3), (8, 5), (9, 5), (25, 5), (1000, 5)])
def test_five_answers_where_eight_are_present_and_three_in_a_smaller_room(present, floor):
    assert ballot_floor(present) == floor
    assert may_reveal(floor, present) and not may_reveal(floor - 1, present)


@pytest.mark.parametrize(("answers", "present"), [(0, 0), (1, 1), (2, 2), (0, 2), (2, 1)])
def test_below_three_present_nothing_is_shown(answers, present):
    assert not may_reveal(answers, present)


@given(people, people)
@few
def test_never_under_three_and_never_under_five_where_eight_are_present(answers, present):
    if may_reveal(answers, present):
        assert answers >= (5 if present >= 8 else 3)


@given(people, people)
@few
def test_one_answer_more_never_hides_what_could_be_shown(answers, present):
    assert may_reveal(answers + 1, present) >= may_reveal(answers, present)


def test_those_who_answered_and_left_count_as_present():
    """Eight answered: the room was of eight, however many are left in it."""
    assert may_reveal(8, 2) and may_reveal(5, 0)
    assert [may_reveal(answers, 0) for answers in range(5)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("present", "said"),
    [(0, "too_few"), (2, "too_few"), (3, "guessable"), (7, "guessable"), (8, None), (25, None)],
)
def test_a_room_of_three_to_seven_is_told_beforehand_that_answers_can_be_guessed(present, said):
    assert warning(present) == said


@given(people)
@few
def test_no_room_shows_under_five_answers_unwarned(present):
    shown = [answers for answers in range(present + 1) if may_reveal(answers, present)]
    assert warning(present) == "guessable" or not shown or min(shown) >= 5
    assert (warning(present) == "too_few") == (not shown)
