"""Calibration: the worked numbers of method.md (section 8), and Murphy's identity for any forecasts."""

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.calibration import curve, may_say, murphy, wilson

few = settings(max_examples=60, deadline=None)
any_probability = st.sampled_from([step / 10 for step in range(11)]) | st.floats(0, 1)
pairs = st.lists(st.tuples(any_probability, st.booleans()), min_size=1, max_size=40)
successes_of_n = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def told(*groups):
    """(forecast, choices, how many happened) of each group, as two lists."""
    forecasts = [forecast for forecast, n, _happened in groups for _ in range(n)]
    outcomes = [place < happened for _forecast, n, happened in groups for place in range(n)]
    return forecasts, outcomes


WORKED = told((0.9, 6, 3), (0.7, 8, 4), (0.5, 4, 2), (0.3, 2, 0))


@pytest.mark.parametrize(
    ("successes", "n", "lower", "upper"),
    [(3, 6, 0.188, 0.812), (0, 2, 0, 0.658), (2, 2, 0.342, 1), (3, 5, 0.231, 0.882)],
)
def test_the_intervals_are_the_methods(successes, n, lower, upper):
    assert wilson(successes, n) == pytest.approx((lower, upper), abs=5e-4)


def test_of_none_there_is_no_interval():
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 2), (1, 0)])
def test_more_successes_than_choices_are_refused(successes, n):
    with pytest.raises(ValueError, match=f"^{successes} of {n} is no share$"):
        wilson(successes, n)


@given(successes_of_n)
@few
def test_an_interval_holds_its_share_and_stays_within_all_and_none(both):
    successes, n = both
    lower, upper = wilson(successes, n)
    assert 0 <= lower <= successes / n <= upper <= 1
    assert wilson(n - successes, n) == pytest.approx((1 - upper, 1 - lower))
    assert (lower == 0) == (successes == 0) and (upper == 1) == (successes == n)


@given(successes_of_n)
@few
def test_the_limits_are_the_shares_that_lie_z_deviations_from_what_was_seen(both):
    successes, n = both
    for limit in set(wilson(successes, n)) - {0, 1}:
        deviation = sqrt(limit * (1 - limit) / n)
        assert abs(successes / n - limit) / deviation == pytest.approx(1.959964, abs=1e-5)


@given(successes_of_n)
@few
def test_more_certainty_asks_for_a_wider_interval_and_more_choices_give_a_narrower(both):
    successes, n = both
    lower, upper = wilson(successes, n)
    surer = wilson(successes, n, confidence=0.99)
    more = wilson(successes * 4, n * 4)
    assert surer[1] - surer[0] > upper - lower > more[1] - more[0]


def test_the_scores_of_twenty_choices_are_the_methods():
    score = murphy(*WORKED)
    assert score.brier == pytest.approx(0.298, abs=5e-4)
    assert score.reliability == pytest.approx(0.073, abs=5e-4)
    assert score.resolution == pytest.approx(0.0225)
    assert score.uncertainty == pytest.approx(0.2475)
    assert score.bias == pytest.approx(0.23)
    assert score.skill == pytest.approx(-0.204, abs=5e-4)


@given(pairs)
@few
def test_the_parts_add_up_to_the_score(said):
    score = murphy(*zip(*said, strict=True))
    assert score.brier == pytest.approx(
        score.reliability - score.resolution + score.uncertainty, abs=1e-9, rel=0
    )
    assert score.brier == pytest.approx(sum((f - o) ** 2 for f, o in said) / len(said))
    assert min(score.brier, score.reliability, score.resolution, score.uncertainty) >= 0
    assert (score.skill is None) == (len({o for _f, o in said}) == 1)
    assert score.skill is None or score.skill <= 1


@given(pairs, st.randoms())
@few
def test_the_order_of_the_choices_does_not_matter(said, random):
    mixed = random.sample(said, len(said))
    one, other = murphy(*zip(*said, strict=True)), murphy(*zip(*mixed, strict=True))
    assert one.brier == pytest.approx(other.brier) and one.reliability == pytest.approx(other.reliability)


def test_who_always_knows_has_no_error_and_full_skill():
    score = murphy([1, 0, 1, 0], [True, False, True, False])
    assert (score.brier, score.reliability, score.bias, score.skill) == (0, 0, 0, 1)
    assert score.resolution == score.uncertainty == 0.25


def test_who_says_the_mean_each_time_has_no_skill():
    assert murphy([0.5, 0.5], [True, False]).skill == 0


def test_where_all_turned_out_alike_there_is_no_skill_to_tell():
    assert murphy([0.8, 0.6], [True, True]).skill is None
    assert murphy([0.8, 0.6], [False, False]).bias == pytest.approx(0.7)


def test_of_no_choices_nothing_is_said():
    assert murphy([], []) is None
    assert curve([], []) == []


@pytest.mark.parametrize("forecast", [70, 1.01, -0.1])
@pytest.mark.parametrize("told_by", [murphy, curve])
def test_what_is_no_probability_is_refused(told_by, forecast):
    with pytest.raises(ValueError, match=f"^{forecast} is no probability from 0 to 1$"):
        told_by([forecast], [True])


def test_a_forecast_without_its_outcome_is_refused():
    with pytest.raises(ValueError):
        murphy([0.5, 0.6], [True])


def test_the_curve_has_a_point_for_each_forecast_lowest_first():
    points = curve(*WORKED)
    assert [(point.forecast, point.n, point.share) for point in points] == [
        (0.3, 2, 0),
        (0.5, 4, 0.5),
        (0.7, 8, 0.5),
        (0.9, 6, 0.5),
    ]
    assert points[3].interval == wilson(3, 6)
    assert [point.enough for point in points] == [False, False, True, True]


@pytest.mark.parametrize(("n", "enough"), [(4, False), (5, True)])
def test_a_point_is_drawn_from_five_choices(n, enough):
    assert curve([0.7] * n, [True] * n)[0].enough == enough


@given(pairs)
@few
def test_every_choice_is_in_one_point(said):
    points = curve(*zip(*said, strict=True))
    assert sum(point.n for point in points) == len(said)
    assert sum(point.n * point.share for point in points) == pytest.approx(sum(o for _f, o in said))
    assert all(point.interval[0] <= point.share <= point.interval[1] for point in points)


@pytest.mark.parametrize(
    ("settled", "shown"), [(0, "cases"), (9, "cases"), (10, "share"), (19, "share"), (20, "curve")]
)
def test_few_choices_are_listed_and_twenty_are_drawn(settled, shown):
    assert may_say(settled) == shown
