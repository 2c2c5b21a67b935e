"""Comparison: the worked figures of method.md (section 9), and what holds for any."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.comparison import difference_in_differences

few = settings(max_examples=40, deadline=None)
figure = st.integers(-1000, 1000)


def test_the_worked_figures_are_the_methods():
    assert difference_in_differences(6.9, 5.75, 4.15, 3.85) == pytest.approx(-0.85)


@pytest.mark.parametrize("unknown", range(4))
def test_with_one_unknown_nothing_is_said(unknown):
    figures = [1.0, 2.0, 3.0, 4.0]
    figures[unknown] = None
    assert difference_in_differences(*figures) is None


@given(figure, figure, figure, figure, figure)
@few
def test_what_moves_both_alike_is_no_difference(own_before, own_after, other_before, other_after, both):
    found = difference_in_differences(own_before, own_after, other_before, other_after)
    assert found == difference_in_differences(own_before, own_after + both, other_before, other_after + both)
    assert found == -difference_in_differences(other_before, other_after, own_before, own_after)
    assert found + other_after - other_before == own_after - own_before


def test_nought_is_a_figure():
    assert difference_in_differences(0, 0, 0, 0) == 0
