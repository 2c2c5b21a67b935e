"""An organisation: its tree of units, its people, its own words for the approaches."""

import pytest
from django.test import Client

from implere.accounts.models import User
from implere.conftest import Phone
from implere.organisation import commands
from implere.organisation.models import Membership, Unit, Wording
from implere.organisation.walls import crossings

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(facilitator, municipality):
    Membership.objects.filter(user=facilitator).update(role=Membership.Role.ADMINISTRATOR)
    return facilitator


@pytest.fixture
def send(desk, administrator, municipality):
    return lambda path, form: desk.post(f"/organisations/{municipality.pk}/{path}", form)


def test_units_lie_in_a_tree(send, municipality):
    send("units/", {"name": "Ældre og Sundhed"})
    top = Unit.objects.get()
    send("units/", {"name": "Hjemmeplejen", "parent": str(top.pk)})
    assert Unit.objects.get(name="Hjemmeplejen").parent == top


def test_a_unit_never_lies_under_itself(send, municipality):
    top = commands.add_unit(municipality, "Top")
    below = commands.add_unit(municipality, "Under", top)
    answer = send(f"units/{top.pk}/", {"name": "Top", "parent": str(below.pk)})
    assert answer.status_code == 422
    top.refresh_from_db()
    assert top.parent is None


def test_a_unit_with_others_under_it_stays(send, municipality):
    top = commands.add_unit(municipality, "Top")
    commands.add_unit(municipality, "Under", top)
    send(f"units/{top.pk}/removal/", {})
    assert Unit.objects.count() == 2


def test_a_unit_of_another_organisation_is_no_parent(send, stranger):
    theirs = commands.add_unit(stranger.memberships.get().organisation, "Deres")
    assert send("units/", {"name": "Vores", "parent": str(theirs.pk)}).status_code == 422
    assert not Unit.objects.filter(name="Vores").exists()


def test_a_colleague_gets_a_link_that_is_shown_once(send, desk, municipality):
    answer = send("members/", {"name": "Bente", "username": "bente", "role": "facilitator"})
    assert "/sign-in/" in answer.text
    link = answer.text.split("/sign-in/")[1].split("/")[0]
    assert link not in desk.get(f"/organisations/{municipality.pk}/").text
    bente = Client()
    assert bente.post(f"/sign-in/{link}/")["Location"] == "/password/"
    assert not User.objects.get(username="bente").has_usable_password()


def test_a_user_name_of_another_organisation_is_taken(send, stranger):
    answer = send("members/", {"name": "Bo", "username": "bo", "role": "facilitator"})
    assert answer.status_code == 422 and "/sign-in/" not in answer.text
    assert stranger.memberships.count() == 1


def test_who_only_facilitates_changes_no_organisation(desk, municipality, facilitator):
    for path, form in (
        ("name/", {"name": "Ny"}),
        ("units/", {"name": "Ny"}),
        ("members/", {"name": "N", "username": "n", "role": "administrator"}),
        ("wordings/", {"do_it": "x"}),
    ):
        assert desk.post(f"/organisations/{municipality.pk}/{path}", form).status_code == 404
    municipality.refresh_from_db()
    assert municipality.name == "Egelund Kommune" and Membership.objects.count() == 1


def test_the_organisations_own_words_are_what_the_phones_read(send, activity, meeting, initiatives):
    from implere.initiatives.models import Chosen

    send("wordings/", {"do_it": "Vi går bare i gang"})
    assert Wording.objects.get().text == "Vi går bare i gang"
    for each in initiatives:
        Chosen.objects.create(organisation_id=each.organisation_id, initiative=each, position=1)
    activity("placement")
    assert "Vi går bare i gang" in Phone(meeting).page.text
    send("wordings/", {"do_it": ""})
    assert not Wording.objects.exists()


def test_a_wording_that_is_too_long_is_said_and_kept(send):
    answer = send("wordings/", {"do_it": "x" * 500})
    assert answer.status_code == 422 and "x" * 500 in answer.text
    assert not Wording.objects.exists()


def test_what_points_across_the_wall_is_found(municipality, stranger):
    assert crossings() == []
    theirs = commands.add_unit(stranger.memberships.get().organisation, "Deres")
    Unit.objects.create(organisation=municipality, name="Vores", parent=theirs)
    assert crossings() == ["1 rows of organisation.Unit point to another organisation's parent."]
