"""Meaning down the chain: a leader translates by a link, sees peers, asks upwards; the level above answers; the blame is never on who
asked."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from implere.meetings.errors import Refused
from implere.practice.commands import meaning
from implere.practice.models import Asking, Reply, Translation, Wish
from implere.practice.queries import meaning as queries

pytestmark = pytest.mark.django_db
SAID = {
    "today": "Hver for sig",
    "monday": "Tavlemøde kl. 8",
    "stops": "Ugebrevet",
    "wish": "Må vi få to timer?",
}


@pytest.fixture
def link(initiative, units):
    """link(unit name) -> the address of the unit's page."""
    return lambda name: f"/meaning/{meaning.ask(initiative, units[name])}/"


@pytest.fixture
def phone():
    return Client(headers={"origin": "http://testserver"})


def test_a_link_shows_and_only_a_post_writes(phone, link, units):
    page = link("Solgården")
    assert phone.get(page).status_code == 200 and not Translation.objects.exists()
    assert phone.head(page).status_code in (200, 405)
    answer = phone.post(page, SAID)
    assert "Gemt." in answer.text
    assert Translation.objects.get().monday == SAID["monday"] and Wish.objects.get().text == SAID["wish"]


def test_monday_is_asked_for_and_what_was_typed_is_kept(phone, link):
    page = phone.post(link("Solgården"), SAID | {"monday": " "})
    assert page.status_code == 409 and "Hver for sig" in page.text and "på mandag" in page.text
    assert not Translation.objects.exists()


@pytest.mark.parametrize("name", ["today", "monday", "stops", "wish"])
def test_too_long_is_refused_and_kept(phone, link, name):
    page = phone.post(link("Solgården"), SAID | {name: "å" * 1001})
    assert page.status_code == 409 and "å" * 1001 in page.text and not Translation.objects.exists()


def test_written_again_the_one_before_is_kept_and_the_same_again_is_nothing(initiative, units):
    for said in (SAID, SAID, SAID | {"monday": "Tavlemøde kl. 9"}):
        meaning.translate(initiative, units["Solgården"], **said)
    assert Translation.objects.count() == 2
    assert Translation.objects.get(replaced_at=None).monday == "Tavlemøde kl. 9"
    assert Wish.objects.count() == 1


def test_a_wish_that_is_worded_anew_takes_the_place_of_one_that_waits_but_not_of_one_that_was_answered(
    initiative, units
):
    def wish(text):
        meaning.translate(initiative, units["Solgården"], **SAID | {"wish": text})

    wish("A")
    wish("B")
    assert Wish.objects.get(withdrawn_at=None).text == "B"
    meaning.reply(Wish.objects.get(text="B"), "Ja")
    wish("C")
    assert set(Wish.objects.filter(withdrawn_at=None).values_list("text", flat=True)) == {"B", "C"}
    wish("")
    assert set(Wish.objects.filter(withdrawn_at=None).values_list("text", flat=True)) == {"B"}


def test_peers_see_what_each_other_wrote_and_what_came_from_above(phone, link, initiative, units):
    meaning.ask(initiative, units["Ældre"])
    meaning.translate(initiative, units["Ældre"], monday="Chefen er med")
    meaning.translate(initiative, units["Åhaven"], monday="Vi begynder i køkkenet")
    text = phone.get(link("Solgården")).text
    assert "Chefen er med" in text and "Vi begynder i køkkenet" in text


def test_the_leader_above_answers_by_the_own_link(phone, link, initiative, units):
    above = link("Ældre")
    meaning.translate(initiative, units["Solgården"], **SAID)
    wish = Wish.objects.get()
    assert SAID["wish"] in phone.get(above).text
    assert phone.post(f"{above}wishes/{wish.pk}/replies/", {"text": " "}).status_code == 409
    for _again in range(2):
        assert phone.post(f"{above}wishes/{wish.pk}/replies/", {"text": "Ja, fra marts"}).status_code == 302
    assert Reply.objects.get().text == "Ja, fra marts"
    assert "Ja, fra marts" in phone.get(link("Solgården")).text


def test_a_peer_can_not_answer_for_the_level_above(phone, link, initiative, units):
    meaning.ask(initiative, units["Ældre"])
    meaning.translate(initiative, units["Solgården"], **SAID)
    wish = Wish.objects.get()
    for name in ("Åhaven", "Solgården", "Direktion"):
        assert phone.post(f"{link(name)}wishes/{wish.pk}/replies/", {"text": "Nej"}).status_code == 404
    assert not Reply.objects.exists()


def test_a_level_that_does_not_take_part_is_passed_over(initiative, units):
    """The area was never asked, so a centre's wish waits for the board."""
    meaning.ask(initiative, units["Direktion"])
    meaning.translate(initiative, units["Solgården"], **SAID)
    assert queries.places(initiative)[units["Solgården"].pk].answers == units["Direktion"]


def test_a_link_ends_by_age_or_by_a_new_one(phone, link, initiative):
    first = link("Solgården")
    second = link("Solgården")
    assert phone.get(first).status_code == 410 and phone.get(second).status_code == 200
    Asking.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (
        phone.get(second),
        phone.post(second, SAID),
        phone.post(f"{second}wishes/{initiative.pk}/replies/"),
    ):
        assert answer.status_code == 410 and "Linket virker ikke længere" in answer.text
    assert not Translation.objects.exists()


def test_the_chain_says_where_the_translation_stops_and_lays_no_blame_below(initiative, units):
    for name in units:
        meaning.ask(initiative, units[name])
    meaning.translate(initiative, units["Direktion"], monday="x")
    meaning.translate(initiative, units["Ældre"], **SAID)
    chain = queries.chain(initiative)
    assert chain.headline == "Oversættelsen stopper hos lederne"
    assert [(level.asked, level.written, level.waiting) for level in chain.levels] == [
        (1, 1, 0),
        (1, 1, 1),
        (2, 0, 0),
    ]
    assert chain.waiting == (("Direktion", 1),)
    meaning.translate(initiative, units["Solgården"], monday="y")
    assert queries.chain(initiative).headline == "Lederne: 1 af 2 har skrevet, hvad det betyder hos dem"


def test_who_is_signed_in_makes_the_links_writes_and_answers(desk, initiative, units):
    page = f"/initiatives/{initiative.pk}/meaning/"
    shown = desk.post(page + "askings/", {"unit": [units["Ældre"].pk, units["Solgården"].pk]}).text
    links = re.findall(r'value="http://testserver(/meaning/[^"]+)"', shown)
    assert len(links) == 2 and Client().get(links[0]).status_code == 200
    assert "Solgården" not in desk.get(page).text.split("<h2>Spørg")[0].split("Ledere")[0]
    assert desk.post(f"{page}units/{units['Solgården'].pk}/", SAID).status_code == 200
    answer = desk.post(f"/wishes/{Wish.objects.get().pk}/replies/", {"text": "Ja"})
    assert answer.status_code == 302 and str(units["Ældre"].pk) in answer["Location"]
    assert Reply.objects.count() == 1


def test_a_unit_of_another_organisation_is_not_asked(desk, initiative, stranger):
    from implere.organisation.models import Organisation, Unit

    other = Unit.objects.create(organisation=Organisation.objects.get(name="Fjordby Kommune"), name="Havnen")
    desk.post(f"/initiatives/{initiative.pk}/meaning/askings/", {"unit": [other.pk]})
    assert not Asking.objects.exists()
    assert desk.get(f"/initiatives/{initiative.pk}/meaning/units/{other.pk}/").status_code == 404


def test_an_empty_answer_is_refused(initiative, units):
    meaning.translate(initiative, units["Solgården"], **SAID)
    with pytest.raises(Refused):
        meaning.reply(Wish.objects.get(), "   ")


def test_a_unit_that_is_moved_takes_its_words_along(initiative, units):
    from implere.organisation.commands import place_unit

    meaning.ask(initiative, units["Direktion"])
    meaning.ask(initiative, units["Ældre"])
    meaning.translate(initiative, units["Solgården"], **SAID)
    place_unit(units["Solgården"], name="Solgården", parent=units["Direktion"])
    place = queries.places(initiative)[units["Solgården"].pk]
    assert place.level == 1 and place.answers == units["Direktion"] and place.translation
