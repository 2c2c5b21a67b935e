"""The five traces: each with its finding, down to the single choice; no owner's name anywhere, and no figure from too few."""

import re

import pytest

from implere import rooms
from implere.initiatives.models import Chosen, Initiative
from implere.insight import gather
from implere.insight.models import Recognition
from implere.insight.traces import TRACES, all_five
from implere.practice.commands import capacity, meaning
from implere.practice.queries.capacity import first_day, month_of

pytestmark = pytest.mark.django_db
OWNER = "Ingeborg Overgaard"


def trace(organisation, code):
    return TRACES[code](gather.facts(organisation))


def test_an_empty_organisation_has_five_traces_that_say_what_is_missing(municipality, desk):
    page = desk.get(f"/organisations/{municipality.pk}/traces/")
    assert [each.number for each in all_five(gather.facts(municipality))] == [1, 2, 3, 4, 5]
    assert not any(each.enough for each in all_five(gather.facts(municipality)))
    assert "Ingen forudsigelse er fulgt op endnu" in page.text and page.text.count("Se grundlaget") == 5


# 1


def test_what_is_missing_most_is_the_headline(municipality, more):
    more(4)
    more(2, owner="")
    assert trace(municipality, "strengthen").headline == "6 af 6 tiltag har ingen aftalt tilgang"


def test_missing_owners_are_found_among_the_chosen_alone(municipality, more, settle, monkeypatch):
    monkeypatch.setattr(rooms, "critical_steps", [])
    rows = [*more(3), *more(3, owner="")]
    for row in rows[:4]:
        Chosen.objects.create(organisation=municipality, initiative=row)
        settle(row, "do_it")
    found = trace(municipality, "strengthen")
    assert found.headline == "1 af 4 tiltag har ingen tovholder"
    assert "4 af 4 tiltag gribes an med »Gør det!«." in found.sentences


def test_one_approach_nearly_always_is_a_finding_too(municipality, more, settle):
    for row in more(5):
        settle(row, "close_by")
    found = trace(municipality, "strengthen")
    assert found.headline == "5 af 5 tiltag gribes an med »Tæt på«"
    assert len(found.groups[-1].rows) == 5


def test_open_steps_come_from_the_room_that_keeps_them(municipality, more, settle, monkeypatch):
    rows = more(3)
    for row in rows:
        settle(row, "do_it" if row is rows[0] else "together")
    steps = [rooms.OpenStep(row.pk, "x", "Oplæring før start", "Afklaring") for row in rows[:2]]
    monkeypatch.setattr(rooms, "critical_steps", [lambda organisation: steps])
    found = trace(municipality, "strengthen")
    assert found.headline == "»Oplæring før start« mangler i 2 af 3 tiltag"
    assert [row.about for row in found.groups[0].rows] == ["Oplæring før start"] * 2


# 2


def describe(initiative, **said):
    from implere.insight.commands import describe as write

    write(initiative, {code: str(value) for code, value in said.items()})


ABLE = {
    "those_agree": 5, "differs_by_place": 5, "local_drive": 5, "many_at_once": 5, "must_move_together": 1,
    "support_at_hand": 1,
}  # fmt: skip


def test_a_simpler_way_is_shown_with_its_reasons_and_the_own_cases(municipality, more, settle, reviews):
    rows = more(3)
    describe(rows[0], **ABLE)
    settle(rows[0], "close_by")
    for row in rows[1:]:
        reviews[settle(row, "help_yourself", stated=70).pk] = True
    found = trace(municipality, "simpler")
    assert found.headline == "Ét tiltag kan måske gribes enklere an"
    assert found.groups[0].rows[0].about == "»Tæt på« giver -4 point, »Tag selv« 8"
    assert "Tidligere holdt det 2 af 2 gange med »Tag selv«." in found.sentences


def test_too_few_answers_give_no_simpler_way(municipality, more, settle):
    (row,) = more(1)
    settle(row, "close_by")
    describe(row, those_agree=5, local_drive=5)
    assert not trace(municipality, "simpler").enough


# 3


def forecasts(settle, reviews, rows, said, outcomes):
    for row, stated, happened in zip(rows, said, outcomes, strict=True):
        reviews[settle(row, "do_it", stated=stated).pk] = happened


def test_below_ten_reviews_only_the_cases_are_shown(municipality, more, settle, reviews):
    forecasts(settle, reviews, more(9), [90] * 9, [True] * 4 + [False] * 5)
    found = trace(municipality, "ourselves")
    assert found.headline == "4 af 9 valg holdt: for få at bedømme jer selv på"
    assert not found.drawn.dots and not found.drawn.parts
    assert "Én opfølgning mere, så kan et første tal vises." in found.sentences
    assert found.rows == 9


def test_from_ten_the_mean_stands_against_the_share_with_its_interval(municipality, more, settle, reviews):
    forecasts(settle, reviews, more(10), [80] * 10, [True] * 5 + [False] * 5)
    found = trace(municipality, "ourselves")
    assert found.headline == "I sagde 80 % i snit. Det skete 5 af 10 gange."
    assert any("fra 24 til 76 %" in sentence for sentence in found.sentences)
    assert not found.drawn.dots


def test_from_twenty_there_is_a_curve_of_points_with_five_choices(municipality, more, settle, reviews):
    """The worked example: 90 % six times (3 came true), 70 % eight (4), 50 % four (2), 30 % two (0)."""
    said = [90] * 6 + [70] * 8 + [50] * 4 + [30] * 2
    outcomes = [True, False] * 3 + [True, False] * 4 + [True, False] * 2 + [False] * 2
    forecasts(settle, reviews, more(20), said, outcomes)
    found = trace(municipality, "ourselves")
    assert [(dot.said, dot.happened, dot.n) for dot in found.drawn.dots] == [(70, 4, 8), (90, 3, 6)]
    assert found.drawn.rows == ((90, 3, 6), (70, 4, 8), (50, 2, 4), (30, 0, 2))
    assert [value for _words, value in found.drawn.parts] == [
        "0,30",
        "0,07",
        "0,02",
        "0,25",
        "0,23",
        "-0,20",
    ]
    assert found.groups[0].title == "Da I sagde 90 %, skete det 3 af 6 gange"


def test_what_could_not_be_answered_and_what_waits_stand_apart(municipality, more, settle, reviews):
    forecasts(settle, reviews, more(3), [80] * 3, [True, None, False])
    settle(more(1)[0], "do_it", stated=50)
    found = trace(municipality, "ourselves")
    assert (
        found.headline.startswith("1 af 2")
        and found.groups[-1].title == "Kunne ikke besvares med ja eller nej"
    )
    assert "1 forudsigelse venter på opfølgning." in found.sentences


def test_a_decision_that_was_reopened_counts_no_more(municipality, more, settle, reviews):
    (row,) = more(1)
    gone = settle(row, "do_it", stated=90)
    type(gone).objects.filter(pk=gone.pk).update(reopened_at=gone.settled_at)
    reviews[gone.pk] = True
    assert not trace(municipality, "ourselves").enough


# 4


def test_who_is_asked_for_more_than_there_is(municipality, more, levels):
    from django.utils import timezone

    month = first_day(month_of(timezone.localdate()))
    capacity.set_hours(levels.home, starts_on=month, hours=10)
    capacity.save_need(more(1)[0], None, unit=levels.home, starts_on=month, ends_on=month, hours=14)
    found = trace(municipality, "hours")
    assert found.headline.startswith("Solgården har for lidt tid i") and "14 timer, har 10 timer, til Tiltag 0" in found.groups[0].rows[0].about  # fmt: skip


# 5


def test_a_wish_without_an_answer_is_the_finding_and_not_who_asked(municipality, more, levels):
    for row in more(2):
        meaning.ask(row, levels.area)
        meaning.translate(row, levels.home, monday="x", wish="Tid til det")
    found = trace(municipality, "meaning")
    assert found.headline == "Lederne bad om noget 2 gange og fik ikke svar"
    assert [(bar.name, bar.written, bar.asked) for bar in found.drawn] == [("Chefer", 0, 2), ("Ledere", 2, 2)]
    assert "ikke om den, der spurgte" in found.not_said


def test_how_meaningful_it_is_felt_stands_beside_where_it_may_be_shown(
    municipality, more, levels, monkeypatch
):
    monkeypatch.setattr(rooms, "meaning_levels", [lambda organisation: [(3, 2.0, 9)]])
    meaning.ask(more(1)[0], levels.area)
    found = trace(municipality, "meaning")
    assert [(bar.name, bar.meaning) for bar in found.drawn] == [("Chefer", None), ("Ledere", 2.0)]
    assert "Det opleves som lidet meningsfuldt her: Ledere." in found.sentences


# all of them


def test_no_owners_name_is_in_the_traces_and_no_filter_takes_one(municipality, more, settle, levels, desk):
    for row in more(6, owner=OWNER):
        settle(row, "do_it", what="Noget", owner=OWNER)
        meaning.ask(row, levels.area)
    for code in TRACES:
        page = desk.get(f"/organisations/{municipality.pk}/traces/{code}/", {"owner": OWNER, "group": "1"})
        assert "Overgaard" not in page.text.split("</main>")[0], code
    page = desk.get(f"/organisations/{municipality.pk}/traces/?owner={OWNER}").text
    assert "Overgaard" not in page.split("</main>")[0]


def test_a_director_drills_down_to_the_single_choice(municipality, more, settle, reviews, desk):
    (row,) = more(1)
    reviews[settle(row, "do_it", stated=80, reasons="Fordi det haster").pk] = False
    page = desk.get(f"/organisations/{municipality.pk}/traces/").text
    page = desk.get(re.search(r'href="([^"]+/traces/ourselves/)"', page)[1]).text
    assert "Da I sagde 80 %, skete det 0 af 1 gange" in page
    page = desk.get(re.search(rf'href="(/initiatives/{row.pk}/)"', page)[1]).text
    assert "Fordi det haster" in page


def test_evidence_is_paged_and_a_strange_group_shows_the_first(municipality, more, desk):
    more(450)
    page = desk.get(f"/organisations/{municipality.pk}/traces/strengthen/", {"group": "99"})
    assert "1 af 3" in page.text
    assert desk.get(f"/organisations/{municipality.pk}/traces/strengthen/?group=x&page=y").status_code == 200
    assert desk.get(f"/organisations/{municipality.pk}/traces/no-such/").status_code == 404


def test_do_you_recognise_it_is_kept_with_what_it_was_about(municipality, more, desk):
    more(3)
    page = f"/organisations/{municipality.pk}/traces/strengthen/"
    for _again in range(2):
        desk.post(page + "recognition/", {"said": "partly", "remark": "Ikke i skolerne"})
    kept = Recognition.objects.get()
    assert kept.headline == "3 af 3 tiltag har ingen aftalt tilgang"
    assert "Delvist. Ikke i skolerne" in desk.get(page).text
    desk.post(page + "recognition/", {"said": "måske"})
    assert Recognition.objects.count() == 1


def test_only_what_goes_on_counts(municipality, cycle, more):
    more(2)
    Initiative.objects.filter(title="Tiltag 0").update(status=Initiative.Status.COMPLETED)
    assert trace(municipality, "strengthen").headline.startswith("1 af 1")
