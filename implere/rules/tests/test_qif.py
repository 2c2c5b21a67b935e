"""The quality framework's steps: which are open, by method.md (section 4)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implere.rules.qif import STATUSES, Step, open_critical, status, tally

few = settings(max_examples=60, deadline=None)
START, BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 25)
PHASES = [1] * 8 + [2] * 2 + [3] * 3 + [4]
FOURTEEN = [Step(str(number), phase) for number, phase in enumerate(PHASES, 1)]
any_steps = st.lists(
    st.builds(
        Step,
        id=st.uuids().map(str),
        phase=st.integers(1, 4),
        status=st.sampled_from(STATUSES),
        reason=st.sampled_from(["", "We have it already"]),
    ),
    max_size=14,
)


@pytest.mark.parametrize(
    ("reached", "begun", "how_many"),
    [(0, False, 0), (1, False, 8), (2, False, 10), (3, False, 13), (4, False, 14)]
    + [(0, True, 10), (1, True, 10), (2, True, 10), (3, True, 13), (4, True, 14)],
)
def test_a_step_is_open_when_its_phase_is_reached_and_the_first_ten_when_it_has_begun(
    reached, begun, how_many
):
    found = [step.id for step in FOURTEEN if open_critical(step, reached=reached, begun=begun)]
    assert found == [str(number) for number in range(1, how_many + 1)]


@pytest.mark.parametrize(
    ("said", "reason", "is_open"),
    [
        ("unassessed", "", True),
        ("missing", "", True),
        ("under_way", "Nearly there", True),
        ("in_place", "", False),
        ("irrelevant", "Nobody is hired", False),
        ("irrelevant", "", True),
        ("irrelevant", "  ", True),
    ],
)
def test_only_what_is_in_place_or_irrelevant_for_a_reason_is_closed(said, reason, is_open):
    assert open_critical(Step("a", 1, said, reason), reached=1, begun=False) == is_open


def test_what_is_irrelevant_without_a_reason_is_not_assessed():
    assert status(Step("a", 1, "irrelevant")) == "unassessed"
    assert status(Step("a", 1, "irrelevant", "Nobody is hired")) == "irrelevant"
    assert status(Step("a", 1, "missing", "Why")) == "missing"


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="^done is no status of a step$"):
        status(Step("a", 1, "done"))


@pytest.mark.parametrize(
    ("start", "today", "open_steps"),
    [(START, BEFORE, 0), (START, START, 10), (START, AFTER, 10), (None, AFTER, 0)],
)
def test_an_initiative_has_begun_from_its_start_date_on(start, today, open_steps):
    assert len(tally(FOURTEEN, reached=0, start=start, today=today).open) == open_steps


def test_every_status_is_named_in_the_count():
    found = tally([Step("a", 1), Step("b", 4, "in_place")], reached=1, start=None, today=START)
    assert found.counts == {"unassessed": 1, "missing": 0, "under_way": 0, "in_place": 1, "irrelevant": 0}
    assert found.open == ["a"]


def test_of_no_steps_all_counts_are_nought():
    found = tally([], reached=4, start=START, today=AFTER)
    assert set(found.counts.values()) == {0} and found.open == []


@given(any_steps, st.integers(0, 4), st.booleans())
@few
def test_each_step_is_counted_once_and_reaching_a_phase_never_closes_a_step(steps, reached, begun):
    start = START if begun else None
    now = tally(steps, reached=reached, start=start, today=START)
    later = tally(steps, reached=reached + 1, start=START, today=AFTER)
    assert sum(now.counts.values()) == len(steps) and now.counts == later.counts
    assert set(now.open) <= set(later.open)
    assert len(now.open) <= sum(now.counts[each] for each in ("unassessed", "missing", "under_way"))
