"""What was settled is taken back and settled again, step by step, and each step can be seen as it was."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implere.ballots import commands as ballots
from implere.ballots.models import Answer, Reveal, Revote
from implere.conftest import Phone
from implere.decisions import commands, history, queries
from implere.initiatives.models import Chosen
from implere.meetings import commands as meetings
from implere.meetings.errors import Refused

pytestmark = pytest.mark.django_db
APPROACHES = st.sampled_from(["do_it", "help_yourself", "close_by", "together"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("settle"), st.integers(0, 2), APPROACHES, APPROACHES),
        st.tuples(st.just("reopen"), st.integers(0, 2)),
        st.tuples(st.sampled_from(["undo", "redo"])),
    ),
    max_size=12,
)


@pytest.fixture
def placement(activity, initiatives):
    for place, each in enumerate(initiatives):
        Chosen.objects.create(organisation_id=each.organisation_id, initiative=each, position=place)
    return activity("placement")


def stands(placement, decisions=None) -> dict:
    decisions = queries.standing(placement) if decisions is None else decisions
    return {key: (row.pk, row.today, row.onwards) for key, row in decisions.items()}


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_steps_are_taken_back_done_again_and_replayed(placement, steps):
    with transaction.atomic():
        _try(placement, steps)
        transaction.set_rollback(True)


def _try(placement, steps):
    meeting, subjects = placement.meeting, list(placement.subjects.all())
    first = meeting.steps.count()
    pictures = {0: stands(placement)}

    def count():
        return meeting.steps.filter(undone_at=None).count() - first

    for verb, *said in steps:
        if verb == "settle":
            commands.settle_placement(subjects[said[0]], *said[1:])
        elif verb == "reopen":
            commands.reopen(subjects[said[0]])
        elif verb == "undo" and count():
            meetings.undo(meeting)
            assert stands(placement) == pictures[count()]
        elif verb == "redo" and meeting.steps.filter(undone_at__isnull=False).exists():
            meetings.redo(meeting)
            assert stands(placement) == pictures[count()]
        pictures[count()] = stands(placement)
    last, past = count(), history.read(placement)
    for number, step in zip(range(last, 0, -1), meeting.steps.filter(undone_at=None), strict=False):
        assert stands(placement, history.standing_then(past)) == pictures[number]
        past.take_back(step.changes)
    for number in range(last - 1, -1, -1):
        meetings.undo(meeting)
        assert stands(placement) == pictures[number]
    for number in range(1, last + 1):
        meetings.redo(meeting)
        assert stands(placement) == pictures[number]


def answered(placement, phones, subject):
    for phone in phones:
        said = {"subject": str(subject.pk), "today": "do_it", "onwards": "do_it"}
        assert phone.send(f"activities/{placement.pk}/answers/", said).status_code == 200


def test_reveal_hide_and_second_round_are_taken_back_and_done_again_and_no_answer_is_lost(placement, meeting):
    phones = [Phone(meeting) for _ in range(3)]
    subject = placement.subjects.first()
    subject.activity = placement
    answered(placement, phones, subject)
    ballots.reveal(placement)
    ballots.open_revote(subject)
    answered(placement, phones, subject)
    ballots.reveal_revote(subject)
    for _step in range(3):
        meetings.undo(meeting)
    assert not Reveal.objects.exists() and not Revote.objects.exists() and Answer.objects.count() == 6
    said = phones[0].get(f"/m/{meeting.pk}/activities/{placement.pk}/mine/")
    assert said.status_code == 200
    for _step in range(3):
        meetings.redo(meeting)
    assert Reveal.objects.count() == 2 and Revote.objects.count() == 1 and Answer.objects.count() == 6
    ballots.hide(placement)
    meetings.undo(meeting)
    assert Reveal.objects.count() == 2


def test_answers_are_not_shown_again_where_there_are_too_few_by_now(placement, meeting):
    placement.anonymous = True
    placement.save()
    phones = [Phone(meeting) for _ in range(3)]
    subject = placement.subjects.first()
    answered(placement, phones, subject)
    ballots.reveal(placement)
    meetings.undo(meeting)
    [Phone(meeting) for _ in range(5)]
    with pytest.raises(Refused, match="too_few"):
        meetings.redo(meeting)
    assert not Reveal.objects.exists()


def test_what_goes_on_is_chosen_again(activity, meeting, initiatives):
    choice = activity("choice")
    subjects = list(choice.subjects.all())
    for phone in [Phone(meeting) for _ in range(3)]:
        assert phone.send(
            f"activities/{choice.pk}/answers/", {"subject": str(subjects[0].pk), "dots": "1"}
        ).status_code == 200  # fmt: skip
    ballots.reveal(choice)
    ballots.choose(choice, [subjects[2].pk, subjects[0].pk])
    chosen = list(Chosen.objects.order_by("position").values_list("initiative_id", flat=True))
    ballots.choose(choice, [])
    meetings.undo(meeting)
    assert list(Chosen.objects.order_by("position").values_list("initiative_id", flat=True)) == chosen
    meetings.undo(meeting)
    assert not Chosen.objects.exists()
    meetings.redo(meeting)
    assert list(Chosen.objects.order_by("position").values_list("initiative_id", flat=True)) == chosen
