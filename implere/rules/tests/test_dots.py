"""Dots: about a quarter of the items, three to ten, never more than there are items."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.dots import dots

few = settings(max_examples=40, deadline=None)
PROMISED = {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 12: 3, 16: 4, 20: 5, 24: 6, 33: 8, 40: 10, 41: 10, 200: 10}


@pytest.mark.parametrize("items", PROMISED)
def test_a_quarter_of_the_items_within_three_and_ten(items):
    assert dots(items) == PROMISED[items]


@given(st.integers(3, 2000))
@few
def test_nobody_gets_fewer_than_three_or_more_than_ten(items):
    assert 3 <= dots(items) <= min(10, items)


@given(st.integers(12, 40))
@few
def test_between_the_ends_it_is_the_nearest_to_a_quarter(items):
    assert abs(dots(items) - items / 4) <= 0.5


@given(st.integers(0, 500))
@few
def test_one_item_more_never_takes_a_dot_away_and_gives_one_at_most(items):
    assert dots(items) <= dots(items + 1) <= dots(items) + 1
