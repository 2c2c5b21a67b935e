"""On its day a choice is held against what was expected; what was learnt is shown when a like choice is made."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from implere.ballots import commands as ballots
from implere.conftest import Phone
from implere.decisions import commands as decisions
from implere.decisions.models import Decision
from implere.followup import alike
from implere.followup.commands.reviews import hold_review
from implere.followup.models import Action, Review
from implere.followup.queries import reviews as queries
from implere.followup.tests.conftest import STEP
from implere.initiatives.models import Theme
from implere.meetings import commands as meetings
from implere.meetings.errors import Refused
from implere.organisation.models import Organisation, Unit
from tests.danish import english_in

pytestmark = pytest.mark.django_db
SAID = {
    "outcome": "not",
    "seen": "Opkaldslisten er lige så lang",
    "right_then": True,
    "right_now": False,
    "learning": "Aftenvagten skal spørges først",
}
POSTED = {"outcome": "not", "cell": "right-wrong", "learning": "Aftenvagten skal spørges først"}


@pytest.fixture
def theme(cycle, initiatives):
    """A theme that the first two initiatives belong to."""
    made = Theme.objects.create(organisation_id=cycle.organisation_id, cycle=cycle, title="Ældre og omsorg")
    for each in initiatives[:2]:
        each.theme = made
        each.save()
    return made


def come(decision) -> Decision:
    """The day of the review has come."""
    Decision.objects.filter(pk=decision.pk).update(review_on=timezone.localdate() - timedelta(days=1))
    decision.refresh_from_db()
    return decision


@pytest.fixture
def placed(activity, chosen, theme):
    """A settled placement on the first initiative."""
    found = activity("placement")
    subject = found.subjects.get(initiative=chosen[0])
    return decisions.settle_placement(subject, "do_it", "close_by", reasons="Nye greb skal øves")


def test_a_choice_is_held_against_what_was_written_beforehand(step, desk, cycle):
    come(step)
    page = desk.get(f"/decisions/{step.pk}/review/")
    assert STEP["effect"] in page.text and STEP["seen_by"] in page.text and not english_in(page.text)
    assert desk.post(f"/decisions/{step.pk}/review/", POSTED).status_code == 302
    held = Review.objects.get()
    assert (held.outcome, held.right_then, held.right_now) == ("not", True, False)
    page = desk.get(f"/cycles/{cycle.pk}/reviews/")
    assert "Virkningen kom i 0 af 1 valg" in page.text and POSTED["learning"] in page.text
    assert not english_in(page.text)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": ""}, "missing_judgement"), ({"outcome": "partly"}, "missing_judgement"), ({"right_now": None}, "missing_cell"),
        ({"learning": " "}, "missing_learning"), ({"learning": "x" * 301}, "too_long"), ({"phase": "no-such"}, "unknown_value"),
        ({"unit": "00000000-0000-4000-8000-000000000000"}, "unknown_value"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_kept(step, change, code):
    with pytest.raises(Refused, match=code) as refused:
        hold_review(step, SAID | change)
    assert str(refused.value.sentence) and not Review.objects.exists()


def test_a_form_that_lacks_something_keeps_the_rest(step, desk):
    answer = desk.post(f"/decisions/{step.pk}/review/", {"learning": "Noget klogt"})
    assert answer.status_code == 422 and "Noget klogt" in answer.text and not english_in(answer.text)


def test_what_was_given_up_is_shown_apart_and_not_counted(step, municipality):
    hold_review(step, SAID | {"outcome": "dropped", "right_then": None, "right_now": None})
    found = queries.of_organisation(municipality)
    assert len(found.held) == 1 and found.finding == ""


def test_each_of_the_four_cells_asks_for_its_own_learning():
    assert len({(c.right_then, c.right_now) for c in queries.CELLS}) == 4
    assert len({str(c.question) for c in queries.CELLS}) == 4


def test_a_learning_is_tagged_by_approach_theme_phase_and_unit(placed, theme, municipality):
    from implere.method import reader

    unit = Unit.objects.create(organisation=municipality, name="Hjemmeplejen")
    phase = reader.load().phases[1].id
    held = hold_review(placed, SAID | {"phase": phase, "unit": unit.pk})
    assert (held.approach, held.theme, held.phase, held.unit) == ("close_by", theme, phase, unit)


def test_what_was_learnt_is_found_by_its_tags(placed, step, theme, desk, municipality):
    hold_review(placed, SAID)
    hold_review(step, SAID | {"learning": "Noget andet"})
    Review.objects.filter(decision=step).update(approach="do_it", theme=None)
    address = f"/organisations/{municipality.pk}/reviews/"
    for tags, other in ({"approach": "close_by"}, "do_it"), ({"theme": theme.title}, "no-such"):
        page = desk.get(address, tags)
        assert SAID["learning"] in page.text and "Noget andet" not in page.text and not english_in(page.text)
        assert SAID["learning"] not in desk.get(address, dict.fromkeys(tags, other)).text
    assert desk.get(address, {"unit": "'; --", "q": "x"}).status_code == 200


def test_a_next_step_is_tagged_by_the_approach_of_its_initiative(placed, step):
    assert hold_review(step, SAID).approach == "close_by"


def test_a_unit_of_another_organisation_is_not_taken(step):
    other = Unit.objects.create(organisation=Organisation.objects.create(name="Fjordby"), name="Skolen")
    with pytest.raises(Refused):
        hold_review(step, SAID | {"unit": other.pk})


def test_a_review_is_mended_and_is_still_one(step):
    hold_review(step, SAID)
    hold_review(step, SAID | {"outcome": "came", "right_now": True})
    assert Review.objects.get().outcome == "came"


def test_a_decision_that_was_taken_back_is_not_reviewed(step, desk):
    decisions.reopen(step.subject)
    assert desk.get(f"/decisions/{step.pk}/review/").status_code == 404


def test_a_stranger_meets_no_choice(step, stranger, municipality):
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(stranger)
    assert client.get(f"/decisions/{step.pk}/review/").status_code == 404
    assert client.post(f"/decisions/{step.pk}/review/", POSTED).status_code == 404
    assert client.get(f"/organisations/{municipality.pk}/reviews/").status_code == 404


def test_the_most_alike_earlier_choice_is_shown_with_why(placed, activity, chosen, desk, phones, meeting):
    """A later placement in the same theme and by the same approach meets what was learnt."""
    hold_review(placed, SAID)
    later = activity("placement", opened=False)
    again = meetings.make_meeting(
        meeting.cycle, by=meeting.facilitations.first().user, title="Næste", template="whole_method_3h"
    )
    meetings.open_meeting(again)
    later = again.activities.get(kind="placement")
    meetings.open_activity(later)
    later.refresh_from_db()
    for phone in [Phone(again) for _ in range(5)]:
        for subject in later.subjects.all():
            phone.send(
                f"activities/{later.pk}/answers/",
                {"subject": str(subject.pk), "today": "do_it", "onwards": "close_by", "forecast": "60"},
            )
    page = desk.get(f"/m/{again.pk}/desk/")
    assert SAID["learning"] not in page.text, "not before everybody's own answer"
    ballots.reveal(later)
    page = desk.get(f"/m/{again.pk}/desk/")
    assert SAID["learning"] in page.text and "samme tilgang (Tæt på)" in page.text
    assert "samme tema" in page.text and not english_in(page.text)
    third = later.subjects.get(initiative=chosen[2])
    from implere.rooms import Viewer

    assert third.pk not in alike.asides(later, Viewer("desk")), "another theme is not alike enough"


def test_a_next_steps_earlier_likes_come_after_the_answers(placed, subject, desk, meeting):
    hold_review(placed, SAID)
    decisions.focus_subject(subject)
    address = f"/m/{meeting.pk}/desk/"
    assert SAID["learning"] not in desk.get(address).text
    phones = [Phone(meeting) for _ in range(5)]
    for phone in phones:
        said = {"subject": str(subject.pk), "sure": "70"}
        assert phone.send(f"activities/{subject.activity_id}/answers/", said).status_code == 200
    assert SAID["learning"] not in desk.get(address).text
    ballots.reveal(subject.activity)
    for page in (desk.get(address), phones[0].get(f"/m/{meeting.pk}/")):
        assert SAID["learning"] in page.text and "samme tilgang (Tæt på)" in page.text


@pytest.fixture
def followup(meeting, facilitator):
    """A follow-up meeting in the same cycle, open."""
    made = meetings.make_meeting(meeting.cycle, by=facilitator, title="Opfølgning", template="followup_45")
    meetings.open_meeting(made)
    return made


def opened(meeting, kind):
    found = meeting.activities.get(kind=kind)
    meetings.open_activity(found)
    found.refresh_from_db()
    return found


def test_a_follow_up_begins_with_what_was_agreed_and_what_came_of_it(step, followup, desk):
    activity = opened(followup, "what_came_of_it")
    action = Action.objects.get()
    phone = Phone(followup)
    for page in (desk.get(f"/m/{followup.pk}/desk/"), phone.page):
        assert "Det aftalte vi sidst" in page.text and STEP["what"] in page.text and not english_in(page.text)
    said = {
        "outcome": "done",
        "happened": "Alle vagter har en",
        "due": "om en uge",
        "what": "Spørg nattevagten",
    }
    address = f"/m/{followup.pk}/activities/{activity.pk}/actions/{action.pk}/reflection/"
    assert desk.post(address, said, headers={"HX-Request": "true"}).status_code == 200
    assert "Alle vagter har en" in phone.get(f"/m/{followup.pk}/").text
    assert "Spørg nattevagten" in desk.get(f"/m/{followup.pk}/desk/").text
    minutes = desk.get(f"/m/{followup.pk}/minutes/")
    assert "Spørg nattevagten" in minutes.text and not english_in(minutes.text)
    again = desk.post(address, said, headers={"HX-Request": "true"})
    assert again.status_code == 409 and "allerede svaret" in again.text


def test_the_forecasts_that_are_due_are_answered_by_the_group(step, followup, desk):
    come(step)
    activity = opened(followup, "forecasts_due")
    (subject,) = activity.subjects.all()
    assert STEP["effect"] in subject.text and subject.code == str(step.pk)
    for number, phone in enumerate([Phone(followup) for _ in range(5)]):
        said = {"subject": str(subject.pk), "came": "yes" if number < 4 else "no"}
        assert phone.send(f"activities/{activity.pk}/answers/", said).status_code == 200
    assert "Skriv ned, hvad valgene blev til" not in desk.get(f"/m/{followup.pk}/desk/").text
    ballots.reveal(activity)
    page = desk.get(f"/m/{followup.pk}/desk/")
    assert 'outcome-came" name="outcome" value="came" checked' in page.text and not english_in(page.text)
    address = f"/m/{followup.pk}/activities/{activity.pk}/reviews/{step.pk}/"
    sent = desk.post(address, POSTED | {"outcome": "came"}, headers={"HX-Request": "true"})
    assert sent.status_code == 200 and Review.objects.get().outcome == "came"
    minutes = desk.get(f"/m/{followup.pk}/minutes/")
    assert POSTED["learning"] in minutes.text and not english_in(minutes.text)
    refused = desk.post(address, {"outcome": "came"}, headers={"HX-Request": "true"})
    assert refused.status_code == 409


def test_employees_do_not_see_what_the_leaders_agreed(step, cycle, facilitator, desk):
    theirs = meetings.make_meeting(
        cycle, by=facilitator, title="Os", template="followup_45", audience="employees"
    )
    meetings.open_meeting(theirs)
    opened(theirs, "what_came_of_it")
    assert STEP["what"] not in Phone(theirs).page.text


def test_the_cycles_page_shows_what_is_ready(step, desk, cycle):
    Action.objects.update(due_on=timezone.localdate())
    come(step)
    page = desk.get(f"/cycles/{cycle.pk}/")
    assert page.text.count("Hvad blev det til?") == 2 and not english_in(page.text)
    hold_review(step, SAID)
    assert desk.get(f"/cycles/{cycle.pk}/").text.count("Hvad blev det til?") == 1
