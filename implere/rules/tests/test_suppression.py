"""Small groups are protected in whole tables: method.md (section 6). Attacks by subtraction must find nothing."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.suppression import hidden, may_show

few = settings(max_examples=150, deadline=None)
count = st.integers(0, 14)


def one_level(**parts):
    return parts | {"all": sum(parts.values())}, [("all", list(parts))]


def two_levels(groups):
    cells, sums = {}, [("all", [str(at) for at in range(len(groups))])]
    for at, group in enumerate(groups):
        parts = {f"{at}.{place}": answers for place, answers in enumerate(group)}
        cells |= parts | {str(at): sum(group)}
        sums.append((str(at), list(parts)))
    return cells | {"all": sum(map(sum, groups))}, sums


def crossed(rows):
    cells, sums = {}, []
    for at, row in enumerate(rows):
        cells |= {f"{at},{place}": answers for place, answers in enumerate(row)} | {f"row {at}": sum(row)}
        sums.append((f"row {at}", [f"{at},{place}" for place in range(len(row))]))
    for place, column in enumerate(zip(*rows, strict=True)):
        cells[f"column {place}"] = sum(column)
        sums.append((f"column {place}", [f"{at},{place}" for at in range(len(rows))]))
    cells["all"] = sum(map(sum, rows))
    for side, how_many in (("row", len(rows)), ("column", len(rows[0]))):
        sums.append(("all", [f"{side} {at}" for at in range(how_many)]))
    return cells, sums


def attack(cells, sums, unseen, floor=5):
    """What adding and subtracting the sums tells: one hidden cell, or some with too few answers together."""
    rows = [
        row
        for total, parts in sums
        if (row := {key: 1 for key in parts if key in unseen} | ({total: -1} if total in unseen else {}))
    ]
    for signs in product((0, 1, -1), repeat=len(rows)):
        known = dict.fromkeys(unseen, 0)
        for sign, row in zip(signs, rows, strict=True):
            for key, times in row.items():
                known[key] += sign * times
        told = {key: times for key, times in known.items() if times}
        if not told or min(told.values()) < 0:
            continue
        if len(told) == 1 or sum(cells[key] for key in told) < floor:
            return told
    return None


tables = (
    st.lists(count, min_size=1, max_size=6).map(
        lambda parts: one_level(**{str(at): n for at, n in enumerate(parts)})
    )
    | st.lists(st.lists(count, min_size=1, max_size=4), min_size=1, max_size=4).map(two_levels)
    | st.lists(st.tuples(count, count, count), min_size=2, max_size=3).map(crossed)
    | st.lists(st.tuples(count, count), min_size=1, max_size=3).map(crossed)
)


@given(tables, st.integers(5, 8))
@few
def test_no_small_cell_is_shown_or_found(table, floor):
    cells, sums = table
    unseen = hidden(cells, sums, floor)
    assert unseen >= {key for key, answers in cells.items() if answers < floor}
    assert attack(cells, sums, unseen, floor) is None


@given(tables)
@few
def test_where_no_group_is_small_all_is_shown(table):
    cells, sums = table
    if min(cells.values()) >= 5:
        assert hidden(cells, sums) == set()


def test_a_unit_of_four_does_not_follow_from_the_total():
    assert hidden(*one_level(east=4, west=9, north=7)) == {"east", "north"}


def test_two_small_units_together_below_the_floor_need_a_third():
    assert hidden(*one_level(east=2, west=2, north=9, south=8)) == {"east", "west", "south"}
    assert hidden(*one_level(east=2, west=3, north=9, south=8)) == {"east", "west"}


def test_nobody_is_a_small_group_too():
    assert hidden(*one_level(east=0, west=9)) == {"east", "west"}


@pytest.mark.parametrize(("answers", "unseen"), [(4, {"east", "west"}), (5, set())])
def test_five_answers_are_shown(answers, unseen):
    assert hidden(*one_level(east=answers, west=5, north=6)) == unseen


def test_a_higher_floor_is_kept():
    assert hidden(*one_level(east=9, west=12, north=15), floor=10) == {"east", "west"}


@pytest.mark.parametrize("floor", [4, 0])
def test_a_lower_floor_is_refused(floor):
    with pytest.raises(ValueError, match="^The floor is at least 5 answers$"):
        hidden({}, [], floor)


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused():
    with pytest.raises(ValueError, match="^all is not the sum of its parts$"):
        hidden({"all": 9, "east": 5, "west": 5}, [("all", ["east", "west"])])


def test_a_table_without_sums_hides_the_small_ones_alone():
    assert hidden({"east": 4, "west": 5}, []) == {"east"}
    assert hidden({}, []) == set()


def test_what_lies_under_another_total_is_not_hidden_for_nothing():
    cells, sums = two_levels([(4, 9, 8), (6, 5, 7)])
    assert hidden(cells, sums) == {"0.0", "0.2"}


def test_a_part_is_hidden_before_a_total():
    """The total of the first group is the smallest that could be hidden, and the most useful to show."""
    cells, sums = two_levels([(3, 20), (6, 6)])
    assert hidden(cells, sums) == {"0.0", "0.1"}


def test_a_total_is_hidden_where_its_only_part_is():
    cells, sums = two_levels([(4,), (6, 5), (9, 9)])
    assert hidden(cells, sums) >= {"0.0", "0"}
    assert attack(cells, sums, hidden(cells, sums)) is None


def test_a_crossed_table_hides_a_square():
    cells, sums = crossed([(3, 9, 8), (9, 9, 6), (9, 9, 9)])
    assert hidden(cells, sums) == {"0,0", "0,2", "1,0", "1,2"}


def test_two_filters_that_differ_by_a_small_group_are_not_both_shown():
    cells = {"leaders": 3, "all": 23, "but leaders": 20, "east": 11, "but leaders east": 9, "leaders east": 2}
    sums = [("all", ["but leaders", "leaders"]), ("east", ["but leaders east", "leaders east"])]
    unseen = hidden(cells, sums)
    assert "but leaders" in unseen and "but leaders east" in unseen


def test_what_came_between_two_snapshots_is_not_found():
    cells, sums = {"june": 8, "since": 2, "july": 10}, [("july", ["june", "since"])]
    assert hidden(cells, sums) == {"since", "june"}
    assert hidden(cells, sums, published=["june"]) == {"since", "july"}


def test_what_was_published_stays_though_it_tells():
    cells, sums = {"june": 8, "since": 2, "july": 10}, [("july", ["june", "since"])]
    assert hidden(cells, sums, published=["june", "july"]) == {"since"}
    assert hidden(cells, sums, published=["since"]) == set()


def test_measuring_changes_no_table():
    cells, sums = crossed([(3, 9), (9, 6)])
    before = dict(cells), [(total, list(parts)) for total, parts in sums]
    hidden(cells, sums)
    assert (cells, sums) == before


@pytest.mark.parametrize(
    ("counts", "sensitive", "shown"),
    [
        ((5, 0, 0), False, True),
        ((4, 0, 0), False, False),
        ((2, 2, 0), True, False),
        ((5, 0, 0), True, False),
        ((4, 1, 0), True, True),
        ((0, 0, 0), False, False),
        ((), True, False),
    ],
)
def test_a_sensitive_distribution_all_alike_is_hidden(counts, sensitive, shown):
    assert may_show(counts, sensitive=sensitive) == shown


def test_a_distribution_keeps_a_higher_floor():
    assert may_show((5, 4), floor=9) and not may_show((5, 3), floor=9)


def test_a_distribution_is_not_sensitive_unless_it_is_said():
    assert may_show((5, 0, 0))


def test_three_overlapping_pairs_do_not_tell_a_small_unit():
    """The two pairs with the unit, less the pair without it, are twice the unit."""
    cells = {"a": 2, "b": 4, "c": 3, "ab": 6, "bc": 7, "ac": 5}
    unseen = hidden(cells, [(pair, list(pair)) for pair in ("ab", "bc", "ac")])
    assert unseen >= {"a", "b", "c"} and unseen & {"ab", "bc", "ac"}
