"""Decisions: settled in one act, taken back in one; the median stands unless it is overruled with a reason; details by link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from implere.ballots import commands as ballots
from implere.conftest import Phone
from implere.decisions import commands, queries
from implere.decisions.models import Decision, Detailing
from implere.initiatives.models import Chosen
from implere.meetings import commands as meetings
from implere.meetings.errors import Refused

pytestmark = pytest.mark.django_db
STEP = {
    "what": "Superbruger i alle vagter",
    "owner": "Chef for hjemmeplejen",
    "due": "om to uger",
    "effect": "Færre fejl",
}


@pytest.fixture
def placed(activity, initiatives, phones):
    """A placement that is shown: the group agrees on the first, is divided on the second, has not begun the third."""
    for place, each in enumerate(initiatives):
        Chosen.objects.create(organisation_id=each.organisation_id, initiative=each, position=place)
    found = activity("placement")
    subjects = list(found.subjects.order_by("position"))
    approaches = ["do_it", "help_yourself", "close_by", "together"]
    for number, phone in enumerate(phones(8)):
        for place, subject in enumerate(subjects):
            onwards = approaches[number % 4] if place == 1 else "together"
            said = {"onwards": onwards, "forecast": str(10 * number)}
            if place < 2:
                said["today"] = "do_it"
            sent = phone.send(f"activities/{found.pk}/answers/", {"subject": str(subject.pk)} | said)
            assert sent.status_code == 200
    ballots.reveal(found)
    return found, subjects


def stands(activity) -> dict:
    return {d.subject.text: (d.today, d.onwards) for d in queries.standing(activity).values()}


def test_one_act_settles_what_is_agreed_and_leaves_the_rest(placed):
    activity, subjects = placed
    assert commands.settle_agreed(activity) == 2
    assert stands(activity) == {
        "Digitalt ledelsestilsyn": ("do_it", "together"),
        "Helhedspleje": ("not_begun", "together"),
    }
    assert commands.settle_agreed(activity) == 0


def test_the_act_is_taken_back_as_one(placed, meeting):
    activity, _subjects = placed
    commands.settle_agreed(activity)
    meetings.undo(meeting)
    assert stands(activity) == {}
    assert Decision.objects.count() == 2, "what was settled is kept, though it stands no more"


def test_a_changed_mind_is_taken_back_to_what_stood_before(placed, meeting):
    activity, subjects = placed
    commands.settle_placement(subjects[1], "do_it", "close_by", reasons="Flere fag", resources="To timer")
    commands.settle_placement(subjects[1], "do_it", "together")
    assert stands(activity)[subjects[1].text] == ("do_it", "together")
    meetings.undo(meeting)
    assert stands(activity)[subjects[1].text] == ("do_it", "close_by")
    meetings.undo(meeting)
    assert subjects[1].text not in stands(activity)


def test_a_settled_placement_keeps_the_groups_forecast_and_a_review_date(placed):
    activity, subjects = placed
    commands.settle_agreed(activity)
    decision = Decision.objects.get(subject=subjects[0])
    assert decision.stated == 30 or decision.stated == 40  # the median of 0, 10 … 70 in whole steps of ten
    assert decision.review_on > timezone.localdate() + timedelta(days=170)


def test_the_map_says_what_changes_and_names_what_is_not_agreed(placed):
    activity, subjects = placed
    commands.settle_agreed(activity)
    drawn = queries.map_of_activity(activity)
    assert "2" in drawn.finding and len(drawn.rows) == 2
    assert drawn.rest == (subjects[1].text,)


@pytest.fixture
def step(activity, phones):
    """A proposal that everybody has said how sure they are about: 50, 60, 70, 80, 90."""
    found = activity("next_step")
    subject = found.subjects.create(organisation_id=found.organisation_id, text="Superbruger", position=1)
    commands.focus_subject(subject)
    for number, phone in enumerate(phones(5)):
        form = {"subject": str(subject.pk), "sure": str(50 + 10 * number)}
        assert phone.send(f"activities/{found.pk}/answers/", form).status_code == 200
    ballots.reveal(found)
    return subject


def test_the_next_step_has_the_groups_median_and_a_review_date(step):
    made = commands.settle_next_step(step, STEP)
    assert (made.stated, made.probability) == (70, 70)
    assert made.due_on == timezone.localdate() + timedelta(days=14) and made.due_raw == "om to uger"
    assert made.review_on > made.due_on + timedelta(days=80)


def test_the_median_is_overruled_only_with_a_reason(step):
    with pytest.raises(Refused, match="missing_reason"):
        commands.settle_next_step(step, STEP | {"probability": "40"})
    made = commands.settle_next_step(step, STEP | {"probability": "40 %", "because": "Ferie i juli"})
    assert (made.stated, made.probability, made.overruled_because) == (70, 40, "Ferie i juli")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"what": ""}, "missing_what"), ({"owner": " "}, "missing_owner"), ({"due": ""}, "unclear_date"),
        ({"due": "snart"}, "unclear_date"), ({"due": "01-03-1926"}, "unlikely_date"), ({"probability": "55"}, "not_in_tens"),
        ({"probability": "110"}, "not_in_tens"), ({"effect": "x" * 401}, "too_long"), ({"what": "x" * 301}, "too_long"),
    ],
)  # fmt: skip
def test_what_is_missing_or_unclear_is_said_and_nothing_is_settled(step, change, code):
    with pytest.raises(Refused, match=code) as refused:
        commands.settle_next_step(step, STEP | change)
    assert str(refused.value.sentence) and not Decision.objects.exists()


def test_the_owner_writes_the_details_by_a_link_that_a_get_does_not_spend(step, desk):
    decision = commands.settle_next_step(step, STEP)
    link = desk.post(f"/decisions/{decision.pk}/").context["link"].split("testserver")[1]
    owner = Client(headers={"origin": "http://testserver"})
    for _time in range(2):
        assert owner.get(link).status_code == 200
    said = {"alternatives": "Kursus for alle: for dyrt", "help_from": "It-afdelingen", "details": "Tirsdage"}
    assert owner.post(link, said).status_code == 200
    decision.refresh_from_db()
    assert decision.help_from == "It-afdelingen"
    desk.post(f"/decisions/{decision.pk}/confirmation/")
    late = owner.post(link, said | {"details": "Onsdage"})
    assert late.status_code == 409 and "Onsdage" in late.text
    decision.refresh_from_db()
    assert decision.details == "Tirsdage"


def test_too_much_is_said_and_still_there(step, desk):
    decision = commands.settle_next_step(step, STEP)
    link = desk.post(f"/decisions/{decision.pk}/").context["link"].split("testserver")[1]
    answer = Client(headers={"origin": "http://testserver"}).post(link, {"details": "æ" * 5000})
    assert answer.status_code == 409 and "æ" * 5000 in answer.text


def test_a_link_is_of_no_use_when_it_is_old_replaced_or_made_up(step, desk):
    decision = commands.settle_next_step(step, STEP)
    first = commands.make_details_link(decision)
    second = commands.make_details_link(decision)
    assert commands.decision_by_link(first) is None and commands.decision_by_link("x") is None
    assert commands.decision_by_link(second) == decision
    Detailing.objects.update(expires_at=timezone.now())
    assert commands.decision_by_link(second) is None
    assert Client().get(f"/details/{second}/").status_code == 410


def test_a_phone_sees_what_was_settled(step, meeting):
    commands.settle_next_step(step, STEP)
    assert "Chef for hjemmeplejen" in Phone(meeting).page.text
