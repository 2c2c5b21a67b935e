"""Capacity: units × months, S/M/L with own meaning, unknown is not nought, and a what-if that changes nothing."""

from datetime import date

import pytest

from implere.practice import pressure, trying
from implere.practice.commands import capacity
from implere.practice.models import Asked, Hours, Knowing, Need, Size
from implere.practice.queries import capacity as queries
from implere.rules.relative_dates import months_later

pytestmark = pytest.mark.django_db


def this_month(offset: int = 0) -> date:
    return months_later(date.today().replace(day=1), offset)


@pytest.fixture
def need(units):
    def make(initiative, unit="Solgården", *, start=0, end=2, **how):
        fields = {"unit": units[unit], "role": "", "starts_on": this_month(start), "ends_on": this_month(end)}
        return capacity.save_need(initiative, None, **fields, **({"hours": None, "size": ""} | how))

    return make


def found(municipality):
    plan = queries.plan(municipality)
    return plan, pressure.of(plan, plan.cells())


def test_nothing_said_is_not_enough(municipality, units):
    assert found(municipality)[1].code == "unknown"


def test_a_unit_that_is_asked_for_more_than_it_has_is_named_with_its_month(
    municipality, units, initiatives, need
):
    capacity.set_hours(units["Solgården"], starts_on=this_month(), hours=100)
    need(initiatives[0], hours=80)
    need(initiatives[1], hours=60, start=1, end=1)
    plan, said = found(municipality)
    assert said.code == "over" and said.headline.startswith("Solgården har for lidt tid i")
    assert [(c.month, c.load) for c in said.over] == [(plan.first + 1, 1.4)]


def test_no_hours_at_all_is_missing_and_is_not_unknown(municipality, units, initiatives, need):
    capacity.set_hours(units["Solgården"], starts_on=this_month(), hours=0)
    need(initiatives[0], hours=8)
    assert found(municipality)[1].over[0].level == "missing"


def test_an_unknown_need_counts_as_unknown_and_not_as_nothing(municipality, units, initiatives, need):
    capacity.set_hours(units["Solgården"], starts_on=this_month(), hours=100)
    need(initiatives[0], end=0)
    _plan, said = found(municipality)
    assert said.code != "calm" and any("1 behov er ukendt" in sentence for sentence in said.sentences)


def test_unknown_hours_to_have_are_no_nought(municipality, units, initiatives, need):
    need(initiatives[0], hours=8, end=0)
    plan, said = found(municipality)
    assert [(c.have, c.level) for c in plan.cells().values()] == [(None, None)]
    assert any("har ikke sagt" in sentence for sentence in said.sentences)


def test_hours_hold_from_their_month_until_the_next_word(municipality, units, initiatives, need):
    capacity.set_hours(units["Solgården"], starts_on=this_month(-3), hours=50)
    capacity.set_hours(units["Solgården"], starts_on=this_month(2), hours=70)
    capacity.set_hours(units["Solgården"], starts_on=this_month(4), hours=None)
    plan = queries.plan(municipality)
    have = [plan.have.get((str(units["Solgården"].pk), plan.first + n)) for n in (0, 1, 2, 3, 4, 5)]
    assert have == [50, 50, 70, 70, None, None]


def test_a_size_means_what_the_organisation_says(municipality, units, initiatives, need, desk):
    need(initiatives[0], size="M", end=0)
    assert next(iter(found(municipality)[0].cells().values())).need == 40
    form = {
        f"{name}-{code}": value for code in "SML" for name, value in (("hours", 25), ("words", "et døgn"))
    }
    assert desk.post(f"/organisations/{municipality.pk}/capacity/sizes/", form).status_code == 302
    assert next(iter(found(municipality)[0].cells().values())).need == 25
    assert Size.objects.count() == 3


def test_many_at_once_are_said_plainly_even_where_hours_are_unknown(municipality, units, cycle, need):
    for n in range(4):
        need(cycle.initiatives.create(organisation=municipality, title=f"Tiltag {n}"), hours=1, end=0)
    assert "har 4 tiltag på én gang" in found(municipality)[1].headline


def test_waiting_is_tried_on_the_picture_and_changes_nothing(municipality, units, initiatives, need, desk):
    capacity.set_hours(units["Solgården"], starts_on=this_month(), hours=100)
    need(initiatives[0], hours=80)
    need(initiatives[1], hours=80)
    before = list(Need.objects.values_list("starts_on", "ends_on"))
    page = f"/organisations/{municipality.pk}/capacity/"
    assert "har for lidt tid" in desk.get(page).text
    tried = desk.get(page, {"initiative": initiatives[1].pk, "try": "wait-3"}).text
    assert "Ingen enhed bliver bedt om mere, end vi ved, den har" in tried
    assert "Som det er nu: Solgården har for lidt tid" in tried and "Prøvet på billedet" in tried
    assert list(Need.objects.values_list("starts_on", "ends_on")) == before


@pytest.mark.parametrize("code", [each.code for each in trying.possible()])
def test_everything_that_can_be_tried_can_be_drawn(municipality, initiatives, need, desk, code):
    need(initiatives[0], hours=80)
    page = desk.get(
        f"/organisations/{municipality.pk}/capacity/", {"initiative": initiatives[0].pk, "try": code}
    )
    assert "Hvad nu hvis?" in page.text


@pytest.mark.parametrize(
    ("initiative", "code"), [("x", "drop"), ("", "wait-3"), (None, "wait-99"), (None, "")]
)
def test_what_can_not_be_tried_shows_the_plan(municipality, initiatives, need, desk, initiative, code):
    need(initiatives[0], hours=80)
    asked = {"initiative": initiatives[0].pk if initiative is None else initiative, "try": code}
    page = desk.get(f"/organisations/{municipality.pk}/capacity/", asked)
    assert page.status_code == 200 and "Hvad nu hvis?" not in page.text


def test_a_need_is_added_with_hours_or_a_size_and_taken_away(desk, initiative, units):
    page = f"/initiatives/{initiative.pk}/capacity/"
    form = {
        "unit": units["Solgården"].pk,
        "starts_on": "2027-01",
        "ends_on": "2027-06",
        "size": "L",
        "hours": "",
    }
    assert desk.post(page, form).status_code == 302
    made = Need.objects.get()
    assert (made.starts_on, made.ends_on, made.size, made.hours) == (
        date(2027, 1, 1),
        date(2027, 6, 1),
        "L",
        None,
    )
    desk.post(page, form | {"hours": "30"})
    assert Need.objects.filter(hours=30, size="").exists()
    desk.post(f"/needs/{made.pk}/removal/")
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"ends_on": "2026-12"}, {"ends_on": "2099-01"}, {"starts_on": "snart"}, {"hours": "-4"}, {"hours": "mange"},
              {"hours": "999999"}, {"size": "XL"}, {"unit": "00000000-0000-4000-8000-000000000000"}],
)  # fmt: skip
def test_a_need_that_can_not_be_is_refused_and_what_was_typed_is_kept(desk, initiative, units, wrong):
    form = {"unit": units["Solgården"].pk, "role": "Vagtplan", "starts_on": "2027-01", "ends_on": "2027-06"}
    page = desk.post(f"/initiatives/{initiative.pk}/capacity/", form | wrong)
    assert page.status_code == 422 and "Vagtplan" in page.text and not Need.objects.exists()


def test_hours_are_set_and_corrected_over_http(desk, municipality, units):
    page = f"/organisations/{municipality.pk}/capacity/hours/"
    for hours in ("40", "50", ""):
        assert desk.post(page, {"unit": units["Solgården"].pk, "starts_on": "2027-01", "hours": hours}).status_code == 302  # fmt: skip
    assert Hours.objects.get().hours is None


def test_knowledge_that_is_missing_is_shown_with_who_can_teach_it(desk, municipality, initiative, units):
    page = f"/initiatives/{initiative.pk}/knowledge/"
    desk.post(page, {"unit": units["Solgården"].pk, "knowledge_title": "Marte meo", "help_from": "VIA"})
    desk.post(page, {"unit": units["Åhaven"].pk, "knowledge_title": "marte MEO "})
    asked = Asked.objects.first()
    assert Asked.objects.filter(knowledge=asked.knowledge).count() == 2
    for unit, level in (("Solgården", "none"), ("Åhaven", "teach"), ("Åhaven", "teach")):
        form = {"unit": units[unit].pk, "knowledge": asked.knowledge.pk, "level": level}
        assert desk.post(f"/organisations/{municipality.pk}/capacity/knowing/", form).status_code == 302
    assert Knowing.objects.count() == 2
    text = " ".join(desk.get(f"/organisations/{municipality.pk}/capacity/").text.split())
    assert '<span class="tag deep">Ingen</span>' in text and '">Åhaven</td>' in text and "VIA" in text
    desk.post(f"/knowledge/{asked.pk}/removal/")
    assert Asked.objects.count() == 1


def test_a_unit_with_something_written_about_it_is_not_removed(
    desk, municipality, facilitator, units, initiatives, need
):
    facilitator.memberships.update(role="administrator")
    need(initiatives[0], hours=80)
    desk.post(f"/organisations/{municipality.pk}/units/{units['Solgården'].pk}/removal/")
    assert Need.objects.count() == 1
    assert "Der er skrevet noget om enheden" in desk.get(f"/organisations/{municipality.pk}/").text
