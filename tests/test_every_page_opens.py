"""Every address as every role, held against one table; and each page opens with the example in it."""

import re

import pytest
from django.test import Client

from implere.accounts.access import views_of
from implere.accounts.models import User
from implere.decisions.models import Decision
from implere.example import seed
from implere.initiatives.models import Cycle, Initiative
from implere.meetings import commands, reach
from implere.meetings.models import Activity, Meeting
from implere.organisation.models import Organisation, Unit
from tests.danish import english_in

pytestmark = pytest.mark.django_db
NOBODY_KNOWS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def example(db):
    seed()
    return Meeting.objects.get(closed_at=None, organisation__name="Egelund Kommune")


def client_of(user=None) -> Client:
    client = Client(headers={"origin": "http://testserver"})
    if user:
        client.force_login(user)
    return client


def address(route: str, meeting: Meeting) -> str:
    """The route with the example's own ids in it."""
    cycle = meeting.cycle
    known = {
        "meeting_id": meeting.pk,
        "activity_id": meeting.activities.filter(mechanism="board").first().pk,
        "cycle_id": cycle.pk,
        "organisation_id": meeting.organisation_id,
        "initiative_id": Initiative.objects.filter(cycle=cycle).first().pk,
        "unit_id": Unit.objects.first().pk,
        "key": reach.screen_key(meeting),
        "code": meeting.code,
        "surface": "desk",
        "secret": "no-such-secret",
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(known.get(m[1], NOBODY_KNOWS)), route)


def routes():
    return sorted({(route, view.audience) for route, view in views_of() if not route.startswith("static")})


# What a role may meet at an address of each audience: (audience, role) -> statuses. 405: the address takes a POST alone.
# A thing that is not there (the table's unknown ids) is 404 to everybody.
OPEN = {200, 302, 303, 404, 405, 409, 410, 422}
SENT_TO_SIGN_IN = {302}
NOT_THERE = {404, 405}
TABLE = {
    ("anyone", "nobody"): OPEN,
    ("anyone", "stranger"): OPEN,
    ("anyone", "facilitator"): OPEN,
    ("participant", "nobody"): {302, 404, 405},
    ("participant", "stranger"): {302, 404, 405},
    ("participant", "facilitator"): {302, 404, 405},
    ("signed-in", "nobody"): SENT_TO_SIGN_IN,
    ("signed-in", "stranger"): {200, 302, 404, 405, 422},
    ("signed-in", "facilitator"): OPEN,
    ("facilitator", "nobody"): SENT_TO_SIGN_IN,
    ("facilitator", "stranger"): NOT_THERE,
    ("facilitator", "facilitator"): OPEN,
}
# What a stranger may open although it needs sign-in: nobody's in particular.
NOBODYS = ("organisations/new/", "password/", "mine/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_table_of_access(example, stranger, method):
    people = {"nobody": None, "stranger": stranger, "facilitator": User.objects.get(username="karen")}
    wrong = []
    for route, audience in routes():
        for role, user in people.items():
            if route == "password/" and method == "post":
                continue
            answer = getattr(client_of(user), method)(address(route, example))
            allowed = TABLE[audience, role]
            if audience == "signed-in" and role == "stranger" and not route.endswith(NOBODYS):
                allowed = NOT_THERE
            if answer.status_code not in allowed:
                wrong.append(f"{method} {route} as {role}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_post_of_a_stranger_changes_nothing(example, stranger):
    before = [(m, m.objects.count()) for m in (Activity, Decision, Initiative, Cycle, Unit, Organisation)]
    client = client_of(stranger)
    for route, audience in routes():
        if audience in ("facilitator", "signed-in", "participant") and not route.endswith(NOBODYS):
            client.post(address(route, example), {"title": "x", "text": "x", "name": "x"})
    assert [(m, m.objects.count()) for m, _count in before] == before
    example.refresh_from_db()
    assert example.closed_at is None


@pytest.mark.parametrize(
    "path",
    ["", "m/{m}/desk/", "m/{m}/prepare/", "m/{m}/committee/", "m/{m}/paper/", "m/{m}/minutes/", "cycles/{c}/", "cycles/{c}/initiatives/",
     "cycles/{c}/lists/new/", "cycles/{c}/meetings/new/", "organisations/{o}/", "organisations/{o}/cycles/new/", "mine/", "cycles/{c}/actions/",
     "cycles/{c}/actions/new/", "cycles/{c}/reviews/", "cycles/{c}/anchoring/", "organisations/{o}/actions/", "organisations/{o}/reviews/", "organisations/{o}/forgetting/"],
)  # fmt: skip
def test_the_pages_of_who_prepares_open(example, path):
    client = client_of(User.objects.get(username="karen"))
    page = client.get("/" + path.format(m=example.pk, c=example.cycle_id, o=example.organisation_id))
    assert page.status_code == 200
    assert not english_in(page.text)


def test_every_activity_can_be_looked_at_and_previewed(example):
    client = client_of(User.objects.get(username="karen"))
    for activity in example.activities.all():
        assert client.get(f"/m/{example.pk}/desk/", {"look": str(activity.pk)}).status_code == 200
        assert client.get(f"/m/{example.pk}/activities/{activity.pk}/preview/").status_code == 200


@pytest.mark.parametrize("kind", ["board", "ballot", "decision", "none"])
def test_every_mechanism_draws_an_empty_meeting(example, kind):
    for activity in example.activities.filter(mechanism=kind):
        commands.open_activity(activity)
        client = client_of(User.objects.get(username="karen"))
        assert client.get(f"/m/{example.pk}/desk/").status_code == 200
        assert Client().get(f"/m/{example.pk}/screen/{reach.screen_key(example)}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "sign-in/",
        "join/",
        "join/?code=ZZZZZZ",
        "j/ZZZZZZ/",
        "no-such-page/",
        "details/no-such-link/",
        "answer/x/",
        "mine/x/",
        "calendar/x.ics",
    ],
)
def test_the_pages_of_who_is_not_signed_in_are_danish(db, path):
    assert not english_in(Client().get("/" + path).text)


def test_a_form_that_is_wrong_answers_in_danish(example):
    client = client_of(User.objects.get(username="karen"))
    for path in (f"cycles/{example.cycle_id}/meetings/new/", f"cycles/{example.cycle_id}/initiatives/new/",
                 f"organisations/{example.organisation_id}/cycles/new/", f"cycles/{example.cycle_id}/lists/new/"):  # fmt: skip
        answer = client.post(
            "/" + path, {"title": "x" * 999, "name": "x" * 999, "starts_on": "i går", "cells": " "}
        )
        assert answer.status_code == 422 and not english_in(answer.text), path


def test_an_english_reader_reads_english_and_the_search_for_it_finds_it(example):
    client = client_of(User.objects.get(username="karen"))
    client.cookies["language"] = "en"
    assert english_in(client.get(f"/m/{example.pk}/desk/").text.replace('lang="en"', ""))


def test_what_is_too_large_is_refused_before_it_is_read(db):
    answer = Client().post("/sign-in/", {"username": "x"}, CONTENT_LENGTH=str(50 * 2**20))
    assert answer.status_code == 413 and "10 MB" in answer.text and not english_in(answer.text)


def test_another_site_is_answered_in_danish(db):
    answer = Client().post("/sign-in/", {"username": "x"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403 and not english_in(answer.text)


def test_our_own_fault_is_said_in_danish(db, monkeypatch):
    def broken(*args, **more):
        raise RuntimeError("a fault")

    monkeypatch.setattr("implere.accounts.views.SignInForm", broken)
    answer = Client(raise_request_exception=False).get("/sign-in/")
    assert answer.status_code == 500 and "Noget gik galt" in answer.text and "a fault" not in answer.text
