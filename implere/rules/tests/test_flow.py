"""The flow from today to onwards: from eight answers, nobody lost or twice; and when a group is one-sided."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.flow import GAP, flow, one_sided

few = settings(max_examples=40, deadline=None)
ORDER = ["do_it", "help_yourself", "close_by", "together", "not_begun"]
one_answer = st.tuples(st.sampled_from(ORDER), st.sampled_from(ORDER[:4]))
answers = st.lists(one_answer, min_size=8, max_size=60)


@given(st.lists(one_answer, max_size=7))
@few
def test_below_eight_answers_no_flow_is_drawn(pairs):
    assert flow(pairs, ORDER) is None


def test_from_eight_answers_it_is_drawn():
    drawn = flow([("do_it", "together")] * 8, ORDER)
    assert [(band.source, band.target, band.count) for band in drawn.bands] == [("do_it", "together", 8)]


def test_who_moves_and_who_stays_are_bands_from_top_to_bottom():
    pairs = [("close_by", "do_it")] * 2 + [("do_it", "together")] * 5 + [("do_it", "do_it")] * 3
    drawn = flow(pairs, ORDER)
    assert [(band.source, band.target, band.count) for band in drawn.bands] == [
        ("do_it", "do_it", 3),
        ("do_it", "together", 5),
        ("close_by", "do_it", 2),
    ]
    assert [node.count for node in drawn.left] == [8, 0, 2, 0, 0]
    assert [node.count for node in drawn.right] == [5, 0, 0, 5, 0]


@given(answers)
@few
def test_everybody_is_on_both_sides_and_in_one_band(pairs):
    drawn = flow(pairs, ORDER)
    assert Counter({(band.source, band.target): band.count for band in drawn.bands}) == Counter(pairs)
    for side, nodes in enumerate((drawn.left, drawn.right)):
        said = Counter(pair[side] for pair in pairs)
        assert [(node.id, node.count) for node in nodes] == [(id, said[id]) for id in ORDER]


@given(answers)
@few
def test_both_sides_fill_the_height_and_a_person_is_as_high_everywhere(pairs):
    drawn = flow(pairs, ORDER)
    person = (1 - GAP * 4) / len(pairs)
    for nodes in (drawn.left, drawn.right):
        assert nodes[0].top == 0
        assert nodes[-1].top + nodes[-1].height == pytest.approx(1)
        for above, below in zip(nodes, nodes[1:], strict=False):
            assert below.top == pytest.approx(above.top + above.height + GAP)
    for part in (*drawn.left, *drawn.right, *drawn.bands):
        assert part.height == pytest.approx(part.count * person)


@given(answers)
@few
def test_the_bands_of_a_category_lie_side_by_side_and_fill_it(pairs):
    drawn = flow(pairs, ORDER)
    for nodes, end, top in ((drawn.left, "source", "from_top"), (drawn.right, "target", "to_top")):
        for node in nodes:
            reached = node.top
            for band in sorted(
                (b for b in drawn.bands if getattr(b, end) == node.id), key=lambda b: getattr(b, top)
            ):
                assert getattr(band, top) == pytest.approx(reached)
                reached += band.height
            assert reached == pytest.approx(node.top + node.height)


@given(answers, st.randoms())
@few
def test_the_order_in_which_people_answered_cannot_be_seen(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert flow(shuffled, ORDER) == flow(pairs, ORDER)


@pytest.mark.parametrize(
    ("placed", "found"),
    [
        ("gggt", ("g", 3)),
        ("gggtt", ("g", 3)),
        ("ggtt", None),
        ("ggtsp", None),
        ("ggggggtttt", ("g", 6)),
        ("gggggttttt", None),
        ("gggggttttts", None),
        ("tttttttttttt", ("t", 12)),
    ],
)
def test_six_in_ten_of_at_least_four_is_one_sided(placed, found):
    assert one_sided(list(placed)) == found


@pytest.mark.parametrize("placed", ["", "g", "ggg"])
def test_fewer_than_four_placements_say_nothing(placed):
    assert one_sided(list(placed)) is None


@given(st.lists(st.sampled_from(ORDER), max_size=30), st.randoms())
@few
def test_what_is_found_is_counted_right_and_does_not_hang_on_the_order(placed, random):
    found = one_sided(placed)
    most = max(map(placed.count, ORDER))
    assert (found is not None) == (len(placed) >= 4 and 10 * most >= 6 * len(placed))
    if found:
        assert found[1] == placed.count(found[0]) == most
    shuffled = list(placed)
    random.shuffle(shuffled)
    assert one_sided(shuffled) == found
