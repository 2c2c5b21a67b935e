"""How alike choices are: by hand for a few, and what holds for any."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.likeness import Like, Likeness, Reason, likeness, most_alike

few = settings(max_examples=60, deadline=None)
WEIGHTS = {"approach": 3, "units": 2, "clarity": 1, "urgency": 2}
ONE = {"approach": "T", "units": {"East", "West"}, "clarity": 5, "urgency": 2}
OTHER = {"approach": "T", "units": {"West", "North"}, "clarity": 1, "urgency": 3}
any_choice = st.fixed_dictionaries(
    {},
    optional={
        "approach": st.none() | st.sampled_from("GTPS"),
        "units": st.sets(st.sampled_from(["East", "West", "North"])),
        "clarity": st.none() | st.integers(1, 5),
        "urgency": st.sampled_from([1, 1.5, 4.5, 5]),
    },
)


def test_the_share_is_the_weighted_mean_and_each_trait_says_its_part():
    found = likeness(ONE, OTHER, WEIGHTS)
    assert found.share == pytest.approx((3 * 1 + 2 / 3 + 0 + 2 * 3 / 4) / 8)
    assert found.reasons == [
        Reason("approach", "T", "T", 1.0),
        Reason("urgency", 2, 3, 0.75),
        Reason("units", {"East", "West"}, {"West", "North"}, 1 / 3),
        Reason("clarity", 5, 1, 0.0),
    ]


def test_another_approach_is_not_alike():
    assert likeness(ONE, OTHER | {"approach": "S"}, WEIGHTS).reasons[-1].share == 0
    assert likeness(ONE, {"approach": "S"}, WEIGHTS).reasons == [Reason("approach", "T", "S", 0.0)]


@pytest.mark.parametrize("unknown", [None, set()])
@pytest.mark.parametrize("trait", ["units", "clarity"])
def test_what_is_unknown_speaks_neither_for_nor_against(trait, unknown):
    left = {name: value for name, value in OTHER.items() if name != trait}
    assert likeness(ONE, OTHER | {trait: unknown}, WEIGHTS) == likeness(ONE, left, WEIGHTS)
    assert likeness(ONE | {trait: unknown}, OTHER, WEIGHTS) == likeness(ONE, left, WEIGHTS)
    assert likeness(ONE, left, WEIGHTS).share == pytest.approx(likeness(left, ONE, WEIGHTS).share)


def test_fewer_than_three_common_traits_make_no_likeness():
    three = {"approach": "T", "clarity": 5, "urgency": 2}
    assert likeness(ONE, three, WEIGHTS).share == 1
    two = likeness(ONE, three | {"urgency": None}, WEIGHTS)
    assert two.share is None and len(two.reasons) == 2
    assert likeness({}, {}, WEIGHTS) == Likeness(None, [])


def test_a_trait_that_weighs_nothing_here_is_not_looked_at():
    assert likeness(ONE | {"owner": "Anna"}, OTHER | {"owner": "Anna"}, WEIGHTS) == likeness(
        ONE, OTHER, WEIGHTS
    )


def test_earlier_choices_are_given_most_alike_first():
    halfway = {"approach": "T", "clarity": 1, "urgency": 2}
    earlier = [OTHER, {"approach": "T"}, ONE, OTHER | {"approach": "S"}, halfway]
    found = most_alike(ONE, earlier, WEIGHTS)
    assert [like.position for like in found] == [2, 4, 0]
    assert found[1] == Like(4, likeness(ONE, halfway, WEIGHTS))


@pytest.mark.parametrize(("same", "positions"), [(3, [0]), (2, [])])
def test_a_like_choice_shares_six_tenths(same, positions):
    weights = dict.fromkeys("abcde", 1)
    other = {trait: "x" if place < same else "y" for place, trait in enumerate(weights)}
    found = most_alike(dict.fromkeys(weights, "x"), [other], weights)
    assert [like.position for like in found] == positions


def test_of_no_earlier_choices_none_is_like():
    assert most_alike(ONE, [], WEIGHTS) == []


@given(any_choice, any_choice)
@few
def test_likeness_is_mutual_from_nought_to_one_and_full_with_itself(one, other):
    there, back = likeness(one, other, WEIGHTS), likeness(other, one, WEIGHTS)
    assert there.share == (back.share if back.share is None else pytest.approx(back.share))
    assert there.share is None or 0 <= there.share <= 1 + 1e-9
    assert (there.share is None) == (len(there.reasons) < 3)
    assert likeness(one, one, WEIGHTS).share in (None, pytest.approx(1))
    parts = [WEIGHTS[reason.trait] * reason.share for reason in there.reasons]
    assert parts == sorted(parts, reverse=True)
