"""Agreement: the numbers of method.md (section 7), what holds for any counts, and when a group settles."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules import agreement

few = settings(max_examples=40, deadline=None)
placements = st.lists(st.integers(0, 12), min_size=4, max_size=4)
ordered = st.lists(st.integers(0, 12), min_size=3, max_size=7).filter(any)
tens = st.lists(st.sampled_from(range(0, 101, 10)), min_size=1, max_size=25)


@pytest.mark.parametrize(
    ("counts", "share", "spread"),
    [
        ((8, 2, 1, 1), 0.667, 0.685),
        ((5, 5, 0, 0), 0.5, 0.667),
        ((10, 0, 0, 0), 1, 0),
        ((3, 3, 3, 3), 0.25, 1),
    ],
)
def test_the_share_and_the_spread_of_placements_are_the_methods(counts, share, spread):
    assert agreement.largest_share(counts) == pytest.approx(share, abs=5e-4)
    assert agreement.iqv(counts) == pytest.approx(spread, abs=5e-4)


def test_the_pairs_that_agree_are_the_methods():
    assert agreement.pairs_alike((8, 2, 1, 1)) == pytest.approx(0.439, abs=5e-4)
    assert [agreement.pairs_alike(two) for two in ((2, 0, 0, 0), (1, 0, 0, 1))] == [1, 0]


@given(placements)
@few
def test_pairs_alike_are_counted_as_one_would_by_hand(counts):
    people = [place for place, count in enumerate(counts) for _ in range(count)]
    pairs = [one == other for one, other in combinations(people, 2)]
    assert agreement.pairs_alike(counts) == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


@given(placements.filter(any))
@few
def test_the_spread_lies_between_alike_and_even_whatever_the_order(counts):
    spread = agreement.iqv(counts)
    assert -1e-9 <= spread <= 1 + 1e-9
    assert (spread < 1e-9) == (sum(1 for count in counts if count) == 1)
    assert (spread > 1 - 1e-9) == (len(set(counts)) == 1)
    assert agreement.iqv(sorted(counts)) == pytest.approx(spread)


VAN_DER_EIJK = {
    (30, 40, 210, 130, 530, 50, 10): 0.611333,
    (5, 0, 0, 0, 5): -1,
    (2, 2, 2, 2, 2): 0,
    (1, 2, 4, 2, 1): 0.35,
    (0, 3, 5, 2, 0): 0.65,
    (4, 1, 0, 1, 4): -0.65556,
    (3, 0, 0, 7, 2): 0.125,
}


@pytest.mark.parametrize("counts", VAN_DER_EIJK)
def test_van_der_eijks_a_is_the_methods(counts):
    assert agreement.van_der_eijk(counts) == pytest.approx(VAN_DER_EIJK[counts], abs=5e-6)


@given(ordered)
@few
def test_a_lies_between_split_and_one_answer_and_the_scale_may_be_turned(counts):
    a = agreement.van_der_eijk(counts)
    assert -1 - 1e-9 <= a <= 1 + 1e-9
    assert agreement.van_der_eijk(counts[::-1]) == pytest.approx(a, abs=1e-9)
    assert (a > 1 - 1e-9) == (sum(1 for count in counts if count) == 1)


@given(ordered, st.integers(2, 30))
@few
def test_a_hundred_people_spread_like_ten_agree_as_much(counts, times):
    more = [count * times for count in counts]
    assert agreement.van_der_eijk(more) == pytest.approx(agreement.van_der_eijk(counts), abs=1e-9)
    assert agreement.iqv(more) == pytest.approx(agreement.iqv(counts), abs=1e-9)
    assert agreement.largest_share(more) == agreement.largest_share(counts)


@given(st.integers(3, 9), st.integers(1, 50))
@few
def test_even_is_nought_and_both_ends_is_minus_one(kinds, each):
    assert agreement.van_der_eijk([each] * kinds) == pytest.approx(0, abs=1e-9)
    assert agreement.van_der_eijk([each, *[0] * (kinds - 2), each]) == pytest.approx(-1)


@given(ordered)
@few
def test_measuring_changes_no_count(counts):
    before = list(counts)
    agreement.van_der_eijk(counts)
    agreement.settled(counts)
    assert counts == before


@pytest.mark.parametrize("counts", [[], [0, 0, 0, 0]])
def test_of_nobody_nothing_is_said(counts):
    assert agreement.largest_share(counts) is None
    assert agreement.iqv(counts) is None
    assert agreement.pairs_alike(counts) is None
    assert agreement.van_der_eijk(counts) is None
    assert agreement.words(counts) is None
    assert agreement.settled(counts) is None
    assert agreement.modes(counts) == []


def test_what_cannot_be_measured_is_none():
    assert agreement.pairs_alike([1, 0, 0, 0]) is None
    assert agreement.iqv([4]) is None
    assert agreement.van_der_eijk([4, 2]) is None


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 3, 5, 2, 0), "great"),
        ((0, 0, 1, 2, 2), "great"),  # A is 0.6
        ((0, 0, 3, 3, 5), "some"),  # 0.591
        ((0, 1, 0, 3, 3), "some"),
        ((1, 2, 4, 2, 1), "some"),
        ((0, 2, 3, 0, 5), "some"),  # A is 0.3
        ((0, 0, 3, 0, 4), "spread"),  # 0.286
        ((3, 0, 0, 7, 2), "spread"),
        ((2, 2, 2, 2, 2), "spread"),  # A is 0
        ((4, 1, 0, 1, 4), "split"),
        ((5, 0, 0, 0, 5), "split"),
    ],
)
def test_how_spread_an_answer_is_is_said_in_four_words(counts, said):
    assert agreement.words(counts) == said


@pytest.mark.parametrize("counts", [(2, 3, 3, 0, 3), (3, 0, 0, 4, 5), (2, 3, 2, 1, 4), (0, 3, 0, 4)])
def test_an_a_of_nought_is_spread_and_not_split(counts):
    assert agreement.van_der_eijk(counts) == pytest.approx(0, abs=1e-12)
    assert agreement.words(counts) == "spread"


@pytest.mark.parametrize(("answers", "said"), [(1, None), (4, None), (5, "great")])
def test_from_five_answers_there_is_a_word(answers, said):
    assert agreement.words((0, 0, answers, 0, 0)) == said


@given(ordered)
@few
def test_fewer_than_five_answers_are_only_listed(counts):
    assert (agreement.words(counts) is None) == (sum(counts) < 5)


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ((8, 2, 1, 1), 0),  # two thirds
        ((7, 2, 1, 1), None),
        ((0, 2, 1, 0), 1),
        ((1, 1, 1, 0), None),
        ((0, 0, 0, 3), 3),
        ((0, 2, 0, 0), None),
        ((5, 5, 0, 0), None),
        ((0, 0, 0, 12), 3),
        ((333, 0, 667, 0), 2),
        ((334, 0, 666, 0), None),
    ],
)
def test_two_thirds_of_at_least_three_settle_it(counts, place):
    assert agreement.settled(counts) == place


@given(placements)
@few
def test_what_is_settled_has_two_thirds_and_what_has_two_thirds_is_settled(counts):
    place = agreement.settled(counts)
    enough = [each for each, count in enumerate(counts) if 3 * count >= 2 * sum(counts) >= 6]
    assert enough == ([] if place is None else [place])


def test_a_higher_floor_is_kept():
    assert agreement.settled((4, 0, 0, 0), floor=5) is None
    assert agreement.settled((5, 0, 0, 0), floor=5) == 0


@given(placements)
@few
def test_a_tie_is_named_and_never_broken(counts):
    top = agreement.modes(counts)
    assert {counts[place] for place in top} <= {max(counts)}
    assert len(top) == (counts.count(max(counts)) if any(counts) else 0)
    if len(top) != 1:
        assert agreement.settled(counts) is None


def test_the_median_is_the_middle():
    assert agreement.median([5, 1, 2]) == 2
    assert agreement.median([4, 1, 2, 5]) == 3
    assert agreement.median([]) is None and agreement.median_in_tens([]) is None


@pytest.mark.parametrize(
    ("stated", "group"),
    [
        ([70], 70),
        ([60, 70], 60),
        ([90, 50, 70], 70),
        ([60, 90], 70),
        ([0, 10], 0),
        ([0, 100], 50),
        ([90, 100], 90),
    ],
)
def test_the_groups_probability_is_the_median_in_a_step_of_ten_and_halves_go_down(stated, group):
    assert agreement.median_in_tens(stated) == group


@given(tens)
@few
def test_the_groups_probability_is_a_step_that_says_at_most_a_half_step_too_little(stated):
    group = agreement.median_in_tens(stated)
    assert group % 10 == 0 and min(stated) <= group <= max(stated)
    assert group in (agreement.median(stated), agreement.median(stated) - 5)
