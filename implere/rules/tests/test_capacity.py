"""Capacity: method.md (section 10). Unknown is never nought, and what-ifs lose no hour."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.capacity import Cell, Need, cells, dropped, level, moved, paused, stretched

few = settings(max_examples=60, deadline=None)
hours = st.none() | st.integers(0, 60)
any_needs = st.lists(
    st.builds(
        Need,
        initiative=st.sampled_from("ab"),
        unit=st.sampled_from(["East", "West"]),
        month=st.integers(1, 6),
        hours=hours,
    ),
    max_size=12,
)
any_have = st.dictionaries(st.tuples(st.sampled_from(["East", "West"]), st.integers(1, 6)), hours)


@pytest.mark.parametrize(
    ("need", "have", "said"),
    [
        (0, 100, "calm"),
        (79, 100, "calm"),
        (80, 100, "tight"),
        (100, 100, "tight"),
        (101, 100, "over"),
        (2.4, 3, "tight"),
        (0.1 + 0.2, 0.3, "tight"),
        (100.001, 100, "over"),
        (79.999, 100, "calm"),
        (1, 0, "missing"),
        (0, 0, "calm"),
        (0, None, None),
        (40, None, None),
    ],
)
def test_how_hard_a_unit_is_pressed(need, have, said):
    assert level(need, 0, have) == said


@pytest.mark.parametrize(
    ("need", "have", "said"),
    [(10, 100, None), (90, 100, None), (100, 100, None), (101, 100, "over"), (1, 0, "missing"), (0, 0, None)],
)
def test_an_unknown_need_can_only_add(need, have, said):
    assert level(need, 1, have) == said


def test_needs_are_added_up_by_unit_and_month():
    needs = [
        Need("a", "West", 24310, 30, "leader"),
        Need("a", "West", 24310, 20, "coach"),
        Need("b", "West", 24310, 35),
        Need("b", "East", 24311, 5),
        Need("b", "East", 24310, 5),
    ]
    assert cells(needs, {("West", 24310): 100, ("North", 24310): 7}) == [
        Cell("East", 24310, 5, 0, 1, None, None, None),
        Cell("East", 24311, 5, 0, 1, None, None, None),
        Cell("North", 24310, 0, 0, 0, 7, 0, "calm"),
        Cell("West", 24310, 85, 0, 2, 100, 0.85, "tight"),
    ]


def test_an_unknown_need_is_counted_and_not_added():
    (cell,) = cells([Need("a", "West", 1, None), Need("b", "West", 1, 30)], {("West", 1): 100})
    assert cell == Cell("West", 1, 30, 1, 2, 100, 0.3, None)


def test_what_a_unit_has_may_be_unknown_or_nought():
    unknown, none = cells(
        [Need("a", "West", month, 3) for month in (1, 2)], {("West", 1): None, ("West", 2): 0}
    )
    assert unknown == Cell("West", 1, 3, 0, 1, None, None, None)
    assert none == Cell("West", 2, 3, 0, 1, 0, None, "missing")


def test_of_nothing_there_are_no_cells():
    assert cells([], {}) == []


@pytest.mark.parametrize(("asked", "has"), [(-1, 5), (5, -1), (-1, None)])
def test_hours_below_nought_are_refused(asked, has):
    with pytest.raises(ValueError, match="^West has hours below 0 in month 7$"):
        cells([Need("a", "West", 7, 3), Need("a", "West", 7, asked)], {("West", 7): has})


@given(any_needs, any_have)
@few
def test_no_hour_is_lost_and_nothing_unknown_is_said(needs, have):
    table = cells(needs, have)
    places = [(cell.unit, cell.month) for cell in table]
    assert places == sorted({*have, *((need.unit, need.month) for need in needs)})
    assert sum(cell.need for cell in table) == sum(need.hours or 0 for need in needs)
    assert sum(cell.unknown for cell in table) == sum(need.hours is None for need in needs)
    for cell in table:
        assert cell.have == have.get((cell.unit, cell.month))
        assert (cell.level in ("over", "missing")) == (cell.have is not None and cell.need > cell.have)
        assert cell.level is None or cell.have is not None
        assert cell.load is None or cell.load == cell.need / cell.have


@given(any_needs, any_have, st.integers(0, 5))
@few
def test_asking_for_more_never_calms(needs, have, more):
    order = [None, "calm", "tight", "over", "missing"]
    before = {(cell.unit, cell.month): cell for cell in cells(needs, have)}
    after = {(cell.unit, cell.month): cell for cell in cells([*needs, Need("c", "West", 3, more)], have)}
    for place, cell in before.items():
        assert order.index(after[place].level) >= order.index(cell.level)


PLAN = [
    Need("a", "West", 10, 40),
    Need("a", "West", 11, 20),
    Need("b", "West", 11, 8),
    Need("a", "East", 12, None),
]


def test_an_initiative_can_be_moved():
    assert [need.month for need in moved(PLAN, "a", 2)] == [12, 13, 11, 14]
    assert moved(moved(PLAN, "a", 3), "a", -3) == PLAN


def test_an_initiative_can_be_stretched():
    assert [(need.initiative, need.month, need.hours) for need in stretched(PLAN, "a", 2)] == [
        ("a", 10, 20),
        ("a", 11, 20),
        ("a", 12, 10),
        ("a", 13, 10),
        ("b", 11, 8),
        ("a", 14, None),
        ("a", 15, None),
    ]
    assert stretched(PLAN, "a", 1) == PLAN == stretched(PLAN, "another", 3)
    with pytest.raises(ValueError, match="^0 times as long is not longer$"):
        stretched(PLAN, "a", 0)


def test_an_initiative_can_be_paused():
    assert [need.month for need in paused(PLAN, "a", 11, 3)] == [10, 14, 11, 15]


def test_an_initiative_can_be_dropped():
    assert dropped(PLAN, "a") == [Need("b", "West", 11, 8)]


@given(any_needs, st.integers(1, 4))
@few
def test_what_if_keeps_the_hours_and_touches_no_other_initiative(needs, months):
    others = dropped(needs, "a")
    for plan in (moved(needs, "a", months), stretched(needs, "a", months), paused(needs, "a", 3, months)):
        assert dropped(plan, "a") == others
        assert sum(need.hours or 0 for need in plan) == pytest.approx(sum(need.hours or 0 for need in needs))
