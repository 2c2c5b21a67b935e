"""A next step becomes an action; an action ends in a reflection; a reflection leads on, or says why it stops."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from implere.decisions import commands as decisions
from implere.followup import links
from implere.followup.commands import actions as commands
from implere.followup.models import Action, Reflection
from implere.followup.queries import actions as queries
from implere.followup.tests.conftest import STEP
from implere.initiatives.models import Initiative
from implere.meetings import commands as meetings
from implere.meetings.errors import Refused
from tests.danish import english_in

pytestmark = pytest.mark.django_db
SAID = {"outcome": "done", "happened": "Alle vagter har en", "what": "Spørg aftenholdet", "due": "om en uge"}
STOPS = {"outcome": "done", "happened": "Det kører", "stopped_because": "Det er blevet hverdag"}


def owner() -> Client:
    """A browser that is not signed in."""
    return Client(headers={"origin": "http://testserver"})


def answer_path(action) -> str:
    return f"/answer/{links.answer_token(action)}/"


def test_a_settled_next_step_is_an_action_with_its_day_resolved(step, action, initiatives):
    assert (action.what, action.owner, action.effect) == (STEP["what"], STEP["owner"], STEP["effect"])
    assert action.due_raw == "om to uger" and action.due_on == timezone.localdate() + timedelta(days=14)
    assert action.initiative == initiatives[0] and action.turn == 1


def test_a_next_step_that_is_taken_back_takes_its_action_with_it_and_brings_it_back(step, meeting):
    meetings.undo(meeting)
    assert Action.objects.get(decision=step).withdrawn_at
    decisions.settle_next_step(step.subject, STEP | {"what": "Noget andet"})
    assert list(Action.objects.filter(withdrawn_at=None).values_list("what", flat=True)) == ["Noget andet"]
    decisions.settle_next_step(step.subject, STEP | {"what": "Noget tredje"})
    meetings.undo(meeting)
    assert list(Action.objects.filter(withdrawn_at=None).values_list("what", flat=True)) == ["Noget andet"]


def test_an_action_that_something_came_of_stays_when_its_decision_is_taken_back(step, action):
    commands.reflect(action, SAID)
    decisions.reopen(step.subject)
    action.refresh_from_db()
    assert action.withdrawn_at is None


def test_a_reflection_leads_on_to_the_next_action(action):
    made = commands.reflect(action, SAID)
    following = made.next
    assert (following.turn, following.what, following.owner) == (2, "Spørg aftenholdet", action.owner)
    assert following.decision == action.decision and following.initiative == action.initiative
    assert [view.row.turn for view in queries.chain(following)] == [1, 2]


def test_the_same_once_more_needs_only_a_day(action):
    said = {"outcome": "not_done", "happened": "Ferie", "due": "om en måned"}
    assert commands.reflect(action, said).next.what == action.what


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": ""}, "missing_outcome"), ({"outcome": "perhaps"}, "missing_outcome"), ({"happened": " "}, "missing_happened"),
        ({"what": "", "due": ""}, "leads_nowhere"), ({"stopped_because": "Færdig"}, "leads_both_ways"),
        ({"due": "snart"}, "unclear_date"), ({"due": "1-1-1926"}, "unlikely_date"), ({"happened": "x" * 1001}, "too_long"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_written(action, change, code):
    with pytest.raises(Refused, match=code) as refused:
        commands.reflect(action, SAID | change)
    assert str(refused.value.sentence) and not Reflection.objects.exists() and Action.objects.count() == 1


def test_the_database_takes_no_reflection_that_leads_nowhere(action):
    own = {"organisation_id": action.organisation_id, "action": action, "written_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.create(outcome="done", happened="x", **own)


def test_the_owner_answers_by_a_link_that_a_get_does_not_spend(action):
    path = answer_path(action)
    for _scanner in range(3):
        page = owner().get(path)
        assert page.status_code == 200 and "Superbruger i alle vagter" in page.text
    assert not english_in(page.text)
    assert owner().post(path, SAID).status_code == 302
    page = owner().get(path)
    assert "Tak, det er skrevet ned" in page.text and "Spørg aftenholdet" in page.text


def test_a_link_used_twice_says_so_and_keeps_what_was_typed(action):
    path = answer_path(action)
    owner().post(path, SAID)
    late = owner().post(path, STOPS | {"happened": "Et helt andet svar"})
    assert late.status_code == 409 and "Linket er brugt" in late.text and "Et helt andet svar" in late.text
    assert Reflection.objects.get().happened == SAID["happened"]
    assert not english_in(late.text)


def test_a_link_that_somebody_else_was_quicker_than_says_so(action, desk):
    desk.post(f"/actions/{action.pk}/reflection/", SAID)
    page = owner().get(answer_path(action))
    assert "En i organisationen svarede" in page.text


def test_a_link_is_of_no_use_to_the_owner_before(action):
    path = answer_path(action)
    commands.hand_over(action, owner="Bente", mail="bente@egelund.example")
    gone = owner().get(path)
    assert gone.status_code == 410 and "en anden tovholder" in gone.text
    assert owner().post(path, SAID).status_code == 410 and not Reflection.objects.exists()


def test_a_link_that_is_old_cut_or_made_up_is_of_no_use(action, monkeypatch):
    path = answer_path(action)
    for wrong in ("/answer/x/", path[:-4] + "/", f"/answer/{signing.dumps([str(action.pk), 'x'])}/"):
        assert owner().get(wrong).status_code == 410, wrong
    monkeypatch.setattr(links, "ANSWER_LIFETIME", timedelta(seconds=-1))
    gone = owner().get(path)
    assert gone.status_code == 410 and "for gammelt" in gone.text and not english_in(gone.text)


def test_an_action_that_was_taken_back_has_nothing_to_answer(step, action):
    path = answer_path(action)
    decisions.reopen(step.subject)
    assert "taget tilbage" in owner().get(path).text
    assert owner().post(path, SAID).status_code == 409


def test_the_owners_own_list_by_link_holds_that_owners_alone(action, cycle):
    commands.make_action(cycle, {"what": "Noget for en anden", "owner": "Bo", "due": "i morgen"})
    page = owner().get(f"/mine/{links.mine_token(action.organisation_id, action.owner)}/")
    assert "Superbruger i alle vagter" in page.text and "Noget for en anden" not in page.text
    assert not english_in(page.text)
    answer = re.search(r"/answer/[^\"]+", page.text)[0]
    assert owner().post(answer, STOPS).status_code == 302
    assert owner().get("/mine/made-up/").status_code == 410


def test_who_is_signed_in_has_a_list_by_name_or_address(cycle, desk, facilitator):
    facilitator.email = "Karen@egelund.example"
    facilitator.save()
    commands.make_action(cycle, {"what": "Ved navn", "owner": "karen", "due": "i morgen"})
    by_mail = {"what": "Ved adresse", "owner": "Chefen", "mail": "karen@egelund.example", "due": "i dag"}
    commands.make_action(cycle, by_mail)
    commands.make_action(cycle, {"what": "En andens", "owner": "Bo", "due": "i morgen"})
    page = desk.get("/mine/")
    assert "Ved navn" in page.text and "Ved adresse" in page.text and "En andens" not in page.text


def test_the_day_has_come_is_said_without_alarm(action, desk, cycle):
    Action.objects.update(due_on=timezone.localdate() - timedelta(days=40))
    page = desk.get(f"/cycles/{cycle.pk}/actions/")
    assert "Klar til et blik" in page.text
    assert not re.search("overskredet|forsinket|overdue|alarm|danger", page.text, re.I)


def test_the_pages_of_actions_are_danish(action, desk, cycle, municipality):
    for path in (f"/cycles/{cycle.pk}/actions/", f"/cycles/{cycle.pk}/actions/new/", f"/actions/{action.pk}/",
                 f"/actions/{action.pk}/reflection/", f"/organisations/{municipality.pk}/actions/", "/mine/"):  # fmt: skip
        page = desk.get(path)
        assert page.status_code == 200 and not english_in(page.text), path


def test_a_new_action_says_back_which_day_the_words_meant(desk, cycle, initiatives):
    said = {"what": "Tavlemøde", "owner": "Bente", "due": "om to uger", "initiative": str(initiatives[0].pk)}
    page = desk.post(f"/cycles/{cycle.pk}/actions/new/", said, follow=True)
    made = Action.objects.get()
    assert made.initiative == initiatives[0] and str(made.due_on.year) in page.text
    wrong = desk.post(f"/cycles/{cycle.pk}/actions/new/", said | {"due": "engang", "mail": "x"})
    assert wrong.status_code == 422 and "Tavlemøde" in wrong.text


def test_an_initiative_of_another_cycle_is_not_taken(desk, cycle, stranger, municipality):
    other = municipality.pk and Initiative.objects.create(
        organisation_id=municipality.pk,
        cycle=type(cycle).objects.create(
            organisation=municipality, name="En anden", starts_on="2026-01-01", ends_on="2026-12-31"
        ),
        title="Fremmed",
    )
    said = {"what": "Tavlemøde", "owner": "Bente", "due": "i morgen", "initiative": str(other.pk)}
    assert desk.post(f"/cycles/{cycle.pk}/actions/new/", said).status_code == 422


def test_a_stranger_meets_nothing(action, stranger, cycle, municipality):
    client = owner()
    client.force_login(stranger)
    for path in (f"/cycles/{cycle.pk}/actions/", f"/actions/{action.pk}/", f"/actions/{action.pk}/reflection/",
                 f"/organisations/{municipality.pk}/actions/"):  # fmt: skip
        assert client.get(path).status_code == 404
        assert client.post(path, SAID | {"owner": "Bo"}).status_code in (404, 405)
    assert "Superbruger" not in client.get("/mine/").text
    assert not Reflection.objects.exists()


def test_the_calendar_holds_the_open_days_and_no_line_is_too_long(action):
    Action.objects.filter(pk=action.pk).update(what="Æ, ø; å\\ " * 20, effect="to\nlinjer")
    token = links.mine_token(action.organisation_id, action.owner)
    feed = owner().get(f"/calendar/{token}.ics")
    assert feed["Content-Type"].startswith("text/calendar")
    lines = feed.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and lines[-2] == b"END:VCALENDAR"
    whole = feed.content.decode().replace("\r\n ", "")
    assert (
        f"DTSTART;VALUE=DATE:{action.due_on:%Y%m%d}" in whole
        and r"Æ\, ø\; å\\" in whole
        and r"to\nlinjer" in whole
    )
    commands.reflect(action, STOPS)
    assert b"VEVENT" not in owner().get(f"/calendar/{token}.ics").content
    assert owner().get("/calendar/x.ics").status_code == 410
