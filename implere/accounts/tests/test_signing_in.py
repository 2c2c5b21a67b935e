"""Signing in: by password, by a link that is good for once; guesses run out; nobody is sent elsewhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from implere.accounts import commands
from implere.accounts.models import SignInLink

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def sign_in(client, password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": "karen", "password": password} | more)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in(client, facilitator):
    assert sign_in(client).status_code == 302 and signed_in(client)


def test_a_wrong_one_does_not_and_says_so_without_telling_which(client, facilitator):
    wrong = sign_in(client, "wrong")
    nobody = client.post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 422
    assert not signed_in(client)
    assert "forkert" in wrong.text and "forkert" in nobody.text
    assert 'value="karen"' in wrong.text


def test_guesses_run_out_and_come_back(client, facilitator, monkeypatch):
    for _guess in range(commands.GUESSES):
        sign_in(client, "wrong")
    assert sign_in(client).status_code == 422 and not signed_in(client)
    later = timezone.now() + commands.GUESS_WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(commands.timezone, "now", lambda: later)
    assert sign_in(client).status_code == 302 and signed_in(client)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(client, facilitator, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/"
    assert client.post("/language/", {"language": "en", "next": elsewhere})["Location"] == "/"


def test_one_is_sent_back_to_where_one_was_going(client, facilitator, meeting):
    desk = f"/m/{meeting.pk}/desk/"
    asked = client.get(desk)
    assert asked.status_code == 302 and asked["Location"].startswith("/sign-in/")
    assert sign_in(client, next=desk)["Location"] == desk


def test_a_link_is_shown_by_a_get_and_spent_by_one_post(facilitator):
    secret = commands.make_sign_in_link(facilitator, "/password/")
    scanner, first, second = Client(), Client(), Client()
    for _time in range(3):
        assert scanner.get(f"/sign-in/{secret}/").status_code == 200
    assert not signed_in(scanner)
    assert first.post(f"/sign-in/{secret}/")["Location"] == "/password/" and signed_in(first)
    assert second.post(f"/sign-in/{secret}/").status_code == 410 and not signed_in(second)


def test_an_old_link_is_no_good(facilitator):
    secret = commands.make_sign_in_link(facilitator)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post(f"/sign-in/{secret}/").status_code == 410


def test_the_database_holds_no_secret(facilitator):
    secret = commands.make_sign_in_link(facilitator)
    assert secret not in str(list(SignInLink.objects.values_list()))


def test_a_password_must_be_one(desk, facilitator):
    short = desk.post("/password/", {"new_password1": "1234", "new_password2": "1234"})
    assert short.status_code == 422
    good = {"new_password1": "a long enough sentence", "new_password2": "a long enough sentence"}
    assert desk.post("/password/", good).status_code == 302
    facilitator.refresh_from_db()
    assert facilitator.check_password("a long enough sentence")
    assert desk.get("/").status_code == 200


def test_signing_out_is_a_post(desk):
    assert desk.get("/sign-out/").status_code == 405 and signed_in(desk)
    desk.post("/sign-out/")
    assert not signed_in(desk)


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({}, True),
    ],
)
def test_another_site_can_change_nothing(facilitator, meeting, headers, allowed):
    client = Client()
    client.force_login(facilitator)
    client.post(f"/m/{meeting.pk}/closing/", headers=headers)
    meeting.refresh_from_db()
    assert (meeting.closed_at is not None) == allowed


def test_the_language_is_the_readers_own_choice(client):
    assert "Log ind" in client.get("/sign-in/", headers={"Accept-Language": "en"}).text
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert "Sign in" in client.get("/sign-in/").text
    client.post("/language/", {"language": "xx", "next": "/sign-in/"})
    assert "Sign in" in client.get("/sign-in/").text
