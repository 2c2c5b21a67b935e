"""Run charts: the tables and the series of method.md (section 9), and what holds for any series."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.run_charts import RunChart, anhoej, crossings_min, longest_run_max

few = settings(max_examples=60, deadline=None)
series = st.lists(st.integers(-20, 20) | st.none(), max_size=60)
WORKED = [62, 58, 65, 60, 57, 63, 59, 64, 61, 58, 66, 60, 63, 68, 71, 67, 73, 70, 69, 74, 72, 75, 71, 76]

CROSSINGS_MIN = """
2 2 3 3 4 4 4 5 5 6 6
6 7 7 8 8 8 9 9 10 10
11 11 11 12 12 13 13 14 14 14
15 15 16 16 17 17 17 18 18 19
19 20 20 21 21 21 22 22 23 23
"""


def test_the_fewest_crossings_are_the_methods():
    table = [int(fewest) for fewest in CROSSINGS_MIN.split()]
    assert [crossings_min(n) for n in range(10, 61)] == table


def test_at_most_no_heads_in_four_throws_is_likely_enough_and_in_five_is_not():
    assert [crossings_min(n) for n in (5, 6)] == [0, 1]


@pytest.mark.parametrize(
    ("first", "last", "most"), [(10, 11, 6), (12, 22, 7), (23, 45, 8), (46, 90, 9), (91, 91, 10)]
)
def test_the_longest_runs_are_the_methods(first, last, most):
    assert {longest_run_max(n) for n in range(first, last + 1)} == {most}


def test_the_series_that_shifts_gives_both_signals():
    assert anhoej(WORKED) == RunChart(65.5, 24, 11, 8, 3, 8, True)


def test_a_median_kept_from_the_first_twelve_gives_a_signal_by_its_run_alone():
    assert anhoej(WORKED, baseline=12) == RunChart(60.5, 24, 12, 8, 10, 8, True)


def test_a_given_line_comes_before_a_baseline():
    assert anhoej(WORKED, centre=60.5, baseline=3) == anhoej(WORKED, baseline=12)
    assert anhoej([-1, 1, -1], centre=0, baseline=1).median == 0


@pytest.mark.parametrize(("run", "signal"), [(6, False), (7, True)])
def test_a_run_is_a_signal_only_above_the_longest(run, signal):
    values = [1] * run + [-1, 1] * 2
    chart = anhoej((values + [-1] * 4)[: 10 + run % 2], centre=0)
    assert (chart.longest_run, chart.longest_run_max, chart.signal) == (run, 6, signal)
    assert chart.crossings >= chart.crossings_min


@pytest.mark.parametrize(
    ("values", "signal"), [([1] * 4 + [-1] * 4 + [1] * 2, False), ([1] * 5 + [-1] * 5, True)]
)
def test_crossings_are_a_signal_only_below_the_fewest(values, signal):
    chart = anhoej(values, centre=0)
    assert chart.longest_run <= chart.longest_run_max and chart.crossings_min == 2
    assert chart.signal == signal


@pytest.mark.parametrize(("n", "said"), [(9, None), (10, False)])
def test_below_ten_useful_values_nothing_is_said(n, said):
    chart = anhoej([0, None, *[1, -1] * 5][: n + 2], centre=0)
    assert (chart.n_useful, chart.signal) == (n, said)
    assert (chart.longest_run_max is None) == (chart.crossings_min is None) == (said is None)
    assert (chart.longest_run, chart.crossings) == (1, n - 1)


@pytest.mark.parametrize("values", [[], [None, None]])
def test_of_no_values_there_is_no_line(values):
    assert anhoej(values) == RunChart(None, 0, 0, None, 0, None, None)


def test_a_baseline_without_values_gives_no_line():
    assert anhoej([None, 3, 4], baseline=1).median is None


def test_a_missing_point_counts_in_the_baseline_and_breaks_no_run():
    assert anhoej([None, 1, 3, 9, 9], baseline=3).median == 2
    assert anhoej([1, None, 0, 1, -1], centre=0).longest_run == 2


def test_what_is_on_the_line_but_for_the_computers_rounding_is_on_it():
    chart = anhoej([0.1, 0.2, 0.15, 0.15], baseline=2)
    assert chart.n_useful == 2
    assert anhoej([0.1 + 0.2 - 0.3], centre=0).n_useful == 0
    assert anhoej([1e-9], centre=0).n_useful == 1


@given(series)
@few
def test_useful_values_lie_above_or_below_the_line_and_are_counted_by_hand(values):
    chart = anhoej(values)
    sides = [value > chart.median for value in values if value is not None and value != chart.median]
    assert chart.n_useful == len(sides)
    assert chart.crossings == sum(one != other for one, other in pairwise(sides))
    assert (chart.longest_run > 0) == bool(sides)
    assert chart.longest_run + chart.crossings <= len(sides)
    assert (chart.signal is None) == (len(sides) < 10)


@given(series, st.integers(1, 9), st.integers(-50, 50))
@few
def test_another_unit_or_direction_changes_no_finding(values, times, plus):
    moved = [value if value is None else -value * times + plus for value in values]
    one, other = anhoej(values), anhoej(moved)
    assert (one.n_useful, one.longest_run, one.crossings, one.signal) == (
        other.n_useful,
        other.longest_run,
        other.crossings,
        other.signal,
    )


def test_chance_alone_seldom_gives_a_signal():
    """Some 5 to 10 of a hundred series that only chance moves, whether short or long."""
    random = Random(7)
    for n in (12, 24, 48):
        found = sum(anhoej([random.gauss(0, 1) for _ in range(n)]).signal for _ in range(400))
        assert 4 < found < 48
