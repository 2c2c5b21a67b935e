"""Minutes: the plan against the hours, ahead or behind, and a proposal that takes just what is too much."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.agenda import compare, shorten

few = settings(max_examples=40, deadline=None)
WHOLE_METHOD = [6, 12, 15, 3, 39, 12, 22, 14, 9, 9, 7, 18, 7]  # product.md: in three hours
minutes = st.integers(0, 90)
plans = st.lists(minutes, max_size=14).map(lambda planned: list(enumerate(planned)))


def test_the_whole_method_fits_in_three_hours():
    total = compare([(planned, 0, False) for planned in WHOLE_METHOD], 180)
    assert (total.planned, total.over, total.used, total.ahead, total.behind) == (173, 0, 0, 0, 0)


@pytest.mark.parametrize(("hours", "over"), [(172, 1), (173, 0), (174, 0), (120, 53), (0, 173)])
def test_it_overruns_by_what_the_plan_exceeds_the_hours(hours, over):
    assert compare([(planned, 0, False) for planned in WHOLE_METHOD], hours).over == over


def test_only_finished_items_put_a_meeting_ahead_or_behind():
    late = compare([(6, 9, True), (12, 14, True), (15, 40, False), (3, 0, False)], 60)
    assert (late.used, late.ahead, late.behind) == (63, -5, 5)
    early = compare([(6, 4, True), (12, 12, True), (15, 1, False)], 60)
    assert (early.used, early.ahead, early.behind) == (17, 2, 0)


def test_an_empty_agenda_is_neither_over_nor_behind():
    nothing = compare([], 45)
    assert (nothing.planned, nothing.over, nothing.used, nothing.behind) == (0, 0, 0, 0)


@given(st.lists(st.tuples(minutes, minutes, st.booleans())), st.integers(0, 400))
@few
def test_saved_and_lost_minutes_add_up(items, hours):
    total = compare(items, hours)
    assert total.over == 0 or total.planned - total.over == hours
    assert total.ahead + total.behind == max(0, total.ahead)
    open_minutes = sum(used for _planned, used, done in items if not done)
    finished = sum(planned for planned, _used, done in items if done)
    assert total.used == open_minutes + finished - total.ahead


@pytest.mark.parametrize("too_much", [0, -7])
def test_what_fits_need_not_be_shortened(too_much):
    assert shorten([("a", 12), ("b", 39)], too_much) == {}


def test_the_longest_gives_most_and_the_shortest_nothing():
    assert shorten([("arrive", 3), ("place", 33), ("talk", 13)], 8) == {"place": 6, "talk": 2}


def test_where_all_is_short_already_there_is_nothing_to_take():
    assert shorten([("a", 3), ("b", 2), ("c", 0)], 10) == {}
    assert shorten([], 10) == {}


def test_where_it_is_not_enough_all_there_is_is_taken():
    assert shorten([("a", 10), ("b", 5), ("c", 3)], 60) == {"a": 7, "b": 2}


def test_the_whole_method_in_two_hours_and_a_half_comes_out_on_the_minute():
    takes = shorten(list(enumerate(WHOLE_METHOD)), 23)
    assert sum(takes.values()) == 23
    assert max(takes, key=takes.get) == WHOLE_METHOD.index(39)


@given(plans, st.integers(1, 500), st.integers(1, 10))
@few
def test_together_they_give_what_is_wanted_and_none_goes_under_the_least(items, wanted, least):
    takes = shorten(items, wanted, least=least)
    planned = dict(items)
    assert sum(takes.values()) == min(wanted, sum(max(0, each - least) for each in planned.values()))
    assert all(take > 0 and planned[item] - take >= least for item, take in takes.items())


@given(plans, st.integers(1, 500))
@few
def test_each_gives_in_proportion_to_within_a_minute_and_a_longer_one_no_less(items, wanted):
    takes = shorten(items, wanted)
    room = {item: max(0, planned - 3) for item, planned in items}
    total = sum(room.values())
    for item, have in room.items():
        share = have * min(wanted, total) / total if total else 0
        assert abs(takes.get(item, 0) - share) <= 1
    for one, have in room.items():
        assert all(takes.get(one, 0) >= takes.get(other, 0) for other in room if room[other] < have)
