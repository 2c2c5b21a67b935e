"""The advisor: the table and the worked answers of method.md (section 3), and what holds for any answers."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.advisor import Advice, Reason, advise, level, noted, simpler

few = settings(max_examples=60, deadline=None)
APPROACHES = ("G", "T", "P", "S")
TABLE = {
    "clarity": {"high": (2, 0, 1, -1), "low": (-2, 1, -1, 2)},
    "consensus": {"high": (1, 1, 0, 0), "low": (-1, -1, 0, 2)},
    "new skills": {"high": (-2, -1, 2, 0), "low": (1, 1, -1, 0)},
    "local": {"high": (-2, 2, 0, 1), "low": (1, 0, 0, 0)},
    "dependency": {"high": (1, -2, 0, 1), "low": (0, 1, 0, 0)},
    "urgency": {"high": (2, -1, 0, -2)},
    "extent": {"high": (1, 1, -2, -1), "low": (0, 0, 1, 0)},
    "hours": {"high": (0, 0, 1, 1), "low": (1, 1, -2, -1)},
    "drive": {"high": (0, 2, 0, 0), "low": (0, -2, 1, 1)},
    "harm": {"high": (0, -1, 2, 0)},
}
WEIGHTS = {
    name: {each: dict(zip(APPROACHES, points, strict=True)) for each, points in levels.items()}
    for name, levels in TABLE.items()
}
MIDDLE = dict.fromkeys(TABLE, 3)
some = st.dictionaries(
    st.sampled_from(list(TABLE)), st.none() | st.sampled_from([1, 1.5, 2, 2.5, 3, 3.5, 4, 5])
)


def answered(**medians):
    return MIDDLE | {name.replace("_", " "): median for name, median in medians.items()}


@pytest.mark.parametrize(
    ("medians", "sums", "shown"),
    [
        (answered(clarity=5, consensus=4, new_skills=2, local=1, urgency=5), (7, 1, 0, -3), ["G"]),
        (answered(clarity=5, new_skills=5, harm=5, hours=5, extent=1), (0, -2, 7, 0), ["P"]),
        (answered(clarity=1, consensus=1, drive=1, dependency=5, local=5), (-4, -2, 0, 7), ["S"]),
        (answered(consensus=5, local=5, drive=5, extent=5, dependency=1, hours=1), (1, 8, -4, -1), ["T"]),
    ],
)
def test_the_sums_are_the_methods(medians, sums, shown):
    advice = advise(medians, WEIGHTS)
    assert tuple(advice.sums.values()) == sums
    assert advice.shown == shown


def test_no_approach_wins_by_default():
    """The columns of the table are near equal, and so is who wins alone over every possible answer."""
    points = [points for levels in TABLE.values() for points in levels.values()]
    assert [sum(column) for column in zip(*points, strict=True)] == [3, 2, 2, 3]
    alone = dict.fromkeys([*APPROACHES, None], 0)
    rows = [[levels.get(each, (0, 0, 0, 0)) for each in ("low", None, "high")] for levels in TABLE.values()]
    for chosen in product(*rows):
        sums = [sum(column) for column in zip(*chosen, strict=True)]
        near = [name for name, total in zip(APPROACHES, sums, strict=True) if total >= max(sums) - 1]
        alone[near[0] if len(near) == 1 else None] += 1
    assert [round(100 * count / 3**10) for count in alone.values()] == [19, 13, 11, 13, 45]


@pytest.mark.parametrize(
    ("median", "said"),
    [(1, "low"), (2, "low"), (2.5, None), (3, None), (3.5, None), (4, "high"), (5, "high"), (None, None)],
)
def test_up_to_two_is_low_and_from_four_is_high(median, said):
    assert level(median) == said


def test_below_five_answered_characteristics_nothing_is_said():
    five = dict.fromkeys(list(TABLE)[:5], 5)
    assert advise(five, WEIGHTS).sums is not None
    assert advise(five | {"local": None}, WEIGHTS) == Advice(None, [], [])
    assert advise(five | {"local": None, "no characteristic": 5}, WEIGHTS).sums is None
    assert advise({}, {}) == Advice(None, [], [])


def test_the_reasons_say_what_spoke_for_and_against_in_the_tables_order():
    assert advise(answered(harm=5, clarity=1), WEIGHTS).reasons == [
        Reason("clarity", "low", "G", -2),
        Reason("clarity", "low", "T", 1),
        Reason("clarity", "low", "P", -1),
        Reason("clarity", "low", "S", 2),
        Reason("harm", "high", "T", -1),
        Reason("harm", "high", "P", 2),
    ]


def test_all_within_one_of_the_best_are_shown_best_first():
    weights = {
        str(place): {"high": points}
        for place, points in enumerate([{"G": 1, "T": 2, "P": 0}, {"S": 1}, {}, {}, {}])
    }
    assert advise({str(place): 5 for place in range(5)}, weights).shown == ["T", "G", "S"]


def test_where_nothing_speaks_for_any_all_are_shown():
    assert advise(MIDDLE, WEIGHTS).shown == list(APPROACHES)


@given(some)
@few
def test_every_point_of_a_sum_has_its_reason(medians):
    advice = advise(medians, WEIGHTS)
    if sum(median is not None for median in medians.values()) < 5:
        assert advice == Advice(None, [], [])
        return
    for approach, total in advice.sums.items():
        assert total == sum(reason.points for reason in advice.reasons if reason.approach == approach)
        assert (approach in advice.shown) == (max(advice.sums.values()) - total <= 1)
    ranks = [advice.sums[approach] for approach in advice.shown]
    assert ranks == sorted(ranks, reverse=True)


EFFORTS = ["T", "G", "S", "P"]


@pytest.mark.parametrize(
    ("sums", "today", "easier"),
    [
        ({"G": 2, "T": 1, "P": 0, "S": 0}, "P", ["G"]),
        ({"G": 2, "T": 3, "P": 0, "S": 2}, "P", ["T", "G", "S"]),
        ({"G": 2, "T": 1, "P": 9, "S": 0}, "S", ["G"]),
        ({"G": 0, "T": 0, "P": 9, "S": 9}, "T", []),
        (None, "P", []),
    ],
)
def test_a_simpler_way_costs_less_and_scores_two_more(sums, today, easier):
    assert simpler(sums, today, EFFORTS) == easier


def test_an_approach_without_an_effort_is_refused():
    with pytest.raises(ValueError):
        simpler({"G": 2}, "another", EFFORTS)


NOTES = {"needs a mandate": {"consensus": "low", "clarity": "high"}, "urgent": {"urgency": "high"}}


@pytest.mark.parametrize(
    ("medians", "codes"),
    [
        ({"consensus": 1, "clarity": 5}, ["needs a mandate"]),
        ({"consensus": 1, "clarity": 5, "urgency": 4}, ["needs a mandate", "urgent"]),
        ({"consensus": 1, "clarity": 3}, []),
        ({"consensus": 1}, []),
        ({"consensus": 4, "clarity": 4}, []),
    ],
)
def test_a_note_is_made_where_all_its_levels_hold(medians, codes):
    assert noted(medians, NOTES) == codes
