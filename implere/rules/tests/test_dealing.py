"""Dealing out: nobody is lost or dealt twice, the piles are even, and small groups hold three to five."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.dealing import deal, suggested_groups

few = settings(max_examples=40, deadline=None)


@given(st.lists(st.integers(), max_size=60), st.integers(1, 15), st.integers())
@few
def test_each_is_dealt_once_and_the_piles_differ_by_one_at_most(things, piles, seed):
    dealt = deal(things, piles, seed=seed)
    assert len(dealt) == piles
    assert sorted(thing for pile in dealt for thing in pile) == sorted(things)
    sizes = [len(pile) for pile in dealt]
    assert max(sizes) - min(sizes) <= 1


@given(st.lists(st.integers(), max_size=30), st.integers(1, 8), st.integers())
@few
def test_the_same_seed_deals_the_same_and_leaves_the_hand_as_it_was(things, piles, seed):
    before = list(things)
    assert deal(things, piles, seed=seed) == deal(tuple(things), piles, seed=seed)
    assert things == before


def test_another_seed_deals_otherwise():
    assert len({str(deal(range(20), 4, seed=seed)) for seed in range(10)}) == 10


def test_the_order_in_the_list_does_not_decide_the_group():
    firsts = {
        next(place for place, pile in enumerate(deal(range(12), 3, seed=seed)) if 0 in pile)
        for seed in range(40)
    }
    assert firsts == {0, 1, 2}


@pytest.mark.parametrize("piles", [0, -1])
def test_without_piles_nothing_is_dealt(piles):
    assert deal([1, 2, 3], piles) == []


def test_more_piles_than_things_leaves_some_empty():
    assert sorted(map(len, deal("ab", 4))) == [0, 0, 1, 1]


@pytest.mark.parametrize("people", range(6))
def test_below_six_no_small_groups_are_proposed(people):
    assert suggested_groups(people) == 0


@pytest.mark.parametrize(
    ("people", "groups"), [(6, 2), (8, 2), (9, 2), (11, 3), (12, 3), (16, 4), (25, 6), (1000, 250)]
)
def test_four_people_are_meant_for_a_group(people, groups):
    assert suggested_groups(people) == groups


def test_no_proposed_group_has_fewer_than_three_or_more_than_five():
    for people in range(6, 1001):
        sizes = {len(group) for group in deal(range(people), suggested_groups(people))}
        assert sizes <= {3, 4, 5}, people


def test_no_other_number_of_groups_comes_nearer_to_four():
    def off(people: int, groups: int) -> int:
        each, over = divmod(people, groups)
        return over * abs(each + 1 - 4) + (groups - over) * abs(each - 4)

    for people in range(6, 101):
        assert off(people, suggested_groups(people)) == min(
            off(people, groups) for groups in range(2, people)
        ), people
