"""Control charts: the worked series of method.md (section 9), and what holds for any series."""

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.control_charts import Individuals, Proportions, individuals, proportions

few = settings(max_examples=60, deadline=None)
WORKED = [23, 25, 22, 27, 24, 26, 23, 25, 24, 38, 25, 24]
whole = st.lists(st.integers(-50, 50), min_size=12, max_size=40)
shares = st.lists(
    st.integers(1, 80).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=12,
    max_size=30,
)


def test_the_limits_are_the_methods_and_the_tenth_is_outside():
    chart = individuals(WORKED)
    assert chart.centre == 25.5
    assert chart.limits == pytest.approx((13.65, 37.35), abs=5e-3)
    assert chart.outside == [9]


def test_what_is_too_low_is_outside_too():
    assert individuals([-value for value in WORKED]).outside == [9]


def test_a_missing_value_is_left_out_with_its_ranges_and_keeps_its_place():
    chart = individuals([None, *WORKED, None, 24])
    assert chart.limits == pytest.approx((13.5, 37.27), abs=5e-2)
    assert chart.centre == pytest.approx(330 / 13)
    assert chart.outside == [10]
    assert chart.limits[1] - chart.centre == pytest.approx(2.66 * 49 / 11)


def test_below_twelve_values_there_are_no_limits():
    assert individuals(WORKED[:11]) == Individuals(pytest.approx(282 / 11), None, None)
    assert individuals([*WORKED[:11], None]).limits is None
    assert individuals([]) == Individuals(None, None, None)


def test_where_no_two_values_follow_each_other_there_are_no_limits():
    assert individuals([1, None] * 12) == Individuals(1, None, None)


@given(st.floats(-1e6, 1e6), st.integers(12, 40))
@few
def test_what_never_changes_is_never_outside(value, n):
    chart = individuals([value] * n)
    assert chart.limits == (value, value) and chart.outside == []


@given(whole, st.integers(1, 9), st.integers(-50, 50))
@few
def test_another_unit_moves_the_limits_with_the_values(values, times, plus):
    one, other = individuals(values), individuals([value * times + plus for value in values])
    assert other.limits == pytest.approx([limit * times + plus for limit in one.limits])
    assert sum(one.limits) / 2 == pytest.approx(one.centre)


@given(whole)
@few
def test_outside_are_those_beyond_a_limit(values):
    lower, upper = individuals(values).limits
    beyond = [at for at, value in enumerate(values) if value < lower or value > upper]
    assert individuals(values).outside == beyond


def test_the_limits_of_a_share_follow_its_size():
    counts, sizes = [2, 8, *[5] * 10, 10, 16], [10, 40, *[25] * 10, 50, 20]
    chart = proportions(counts, sizes)
    p = 86 / 370
    assert chart.centre == pytest.approx(p)
    assert chart.limits[0] == pytest.approx((0, p + 3 * sqrt(p * (1 - p) / 10)))
    assert chart.limits[1] == pytest.approx((p - 3 * sqrt(p * (1 - p) / 40), p + 3 * sqrt(p * (1 - p) / 40)))
    assert chart.outside == [13]


def test_a_share_too_low_is_outside_too_and_no_limit_is_above_all():
    chart = proportions([*[95] * 12, 20, 1], [*[100] * 12, 100, 1])
    assert chart.outside == [12]
    assert chart.limits[13][1] == 1


def test_where_nothing_is_counted_there_is_no_limit():
    chart = proportions([0, None, *[5] * 11, 9, 3], [0, 10, *[10] * 11, 10, None])
    assert chart.centre == pytest.approx(64 / 120)
    assert [at for at, limit in enumerate(chart.limits) if limit is None] == [0, 1, 14]
    assert chart.outside == []


def test_below_twelve_shares_there_are_no_limits():
    assert proportions([5] * 11, [10] * 11) == Proportions(0.5, None, None)
    assert proportions([5] * 12, [10] * 12).limits is not None
    assert proportions([5] * 11 + [0], [10] * 11 + [0]).limits is None
    assert proportions([], []) == Proportions(None, None, None)
    assert proportions([0], [0]).centre is None


@pytest.mark.parametrize(("count", "size"), [(11, 10), (-1, 10), (3, -2)])
def test_a_count_that_is_no_part_of_its_size_is_refused(count, size):
    with pytest.raises(ValueError, match=f"^{count} of {size} is no share$"):
        proportions([count], [size])


def test_a_count_without_its_size_is_refused():
    with pytest.raises(ValueError):
        proportions([1, 2], [3])


@pytest.mark.parametrize("count", [0, 7])
def test_none_and_all_are_never_outside(count):
    chart = proportions([count] * 12, [7] * 12)
    assert chart.limits[0] == (count / 7, count / 7) and chart.outside == []


@given(shares)
@few
def test_shares_and_what_is_left_of_them_mirror_each_other(parts):
    counts, sizes = zip(*parts, strict=True)
    one = proportions(counts, sizes)
    other = proportions([size - count for count, size in parts], sizes)
    assert other.centre == pytest.approx(1 - one.centre)
    for (lower, upper), mirrored in zip(one.limits, other.limits, strict=True):
        assert 0 <= lower <= one.centre <= upper <= 1
        assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-9)
