"""The advisor explains, shows its history and what the group is split over; its table is data that the organisation changes."""

import pytest

from implere.insight import about, advising, gather
from implere.insight.models import Described, OwnPoints
from implere.method import reader

pytestmark = pytest.mark.django_db
TABLE = reader.read().advisor


def test_the_tables_columns_are_near_equal():
    sums = {a: sum(p[a] for levels in TABLE.weights.values() for p in levels.values()) for a in TABLE.efforts}
    assert sorted(sums.values()) == [2, 2, 3, 3]


def advise(initiative):
    return advising.advise(*about.known(initiative))


def say(desk, initiative, **said):
    return desk.post(f"/initiatives/{initiative.pk}/advisor/", said)


CLEAR = {
    "clear_way": "5",
    "those_agree": "4",
    "new_skills": "2",
    "differs_by_place": "1",
    "near_deadline": "5",
}


def test_the_worked_example_speaks_for_do_it(desk, initiatives):
    say(desk, initiatives[0], **CLEAR)
    found = advise(initiatives[0])
    assert [(o.approach.id, o.points) for o in found.options] == [
        ("do_it", 7), ("help_yourself", 1), ("close_by", 0), ("together", -3),
    ]  # fmt: skip
    assert [o.approach.id for o in found.shown] == ["do_it"]
    page = desk.get(f"/initiatives/{initiatives[0].pk}/advisor/").text
    assert (
        "Taler for" in page and "Taler imod" in page and "Mål og vej er klare: høj" in " ".join(page.split())
    )


def test_below_five_answers_it_is_silent_and_says_so(desk, initiatives):
    say(desk, initiatives[0], clear_way="5", new_skills="1", local_drive="3", strange="4", near_deadline="9")
    assert Described.objects.count() == 3 and not advise(initiatives[0]).options
    assert (
        "3 af mindst 5 kendetegn er besvaret" in desk.get(f"/initiatives/{initiatives[0].pk}/advisor/").text
    )


def test_an_answer_is_taken_back_by_an_empty_one(desk, initiatives):
    say(desk, initiatives[0], clear_way="5")
    say(desk, initiatives[0], clear_way="")
    assert not Described.objects.exists()


def test_a_clear_matter_that_people_disagree_about_needs_a_mandate(desk, initiatives):
    say(desk, initiatives[0], **CLEAR | {"those_agree": "1"})
    assert "tydeligt mandat" in desk.get(f"/initiatives/{initiatives[0].pk}/advisor/").text


def test_private_answers_count_before_what_was_typed_and_a_split_group_is_left_out(
    desk, initiatives, meeting, phones
):
    from implere.ballots import commands as ballots
    from implere.initiatives.models import Chosen
    from implere.meetings import commands
    from implere.meetings.commands.agenda import add_activity

    Chosen.objects.create(organisation_id=meeting.organisation_id, initiative=initiatives[0])
    add_activity(meeting, "characteristics")
    activity = meeting.activities.get(kind="characteristics")
    commands.open_activity(activity)
    subject = activity.subjects.get()
    say(desk, initiatives[0], **CLEAR | {"local_drive": "1"})
    for number, phone in enumerate(phones(6)):
        said = {each.id: "4" for each in TABLE.characteristics} | {"those_agree": "1" if number < 3 else "5"}
        phone.send(f"activities/{activity.pk}/answers/", {"subject": str(subject.pk)} | said)
    assert advise(initiatives[0]).options[0].approach.id == "do_it"  # hidden until shown
    ballots.reveal(activity)
    known, _weights, _choices = about.known(initiatives[0])
    assert known.medians["local_drive"] == 4 and known.split == {"those_agree"}
    page = desk.get(f"/initiatives/{initiatives[0].pk}/advisor/").text
    assert "Gruppen er delt om »De berørte er enige om det«" in page
    assert gather.facts(meeting.organisation).initiatives[initiatives[0].pk].medians == known.medians


def test_the_own_history_stands_beside_with_its_caution(desk, initiatives, settle, reviews):
    say(desk, initiatives[0], **CLEAR)
    reviews[settle(initiatives[1], "do_it", stated=80).pk] = True
    page = desk.get(f"/initiatives/{initiatives[0].pk}/advisor/").text
    assert "Det holdt 1 af 1 gange." in page and "for få til at læne sig op ad" in page


def test_who_administers_changes_the_points_and_they_count(desk, municipality, facilitator, initiatives):
    page = f"/organisations/{municipality.pk}/advisor/"
    assert desk.post(page, {"clear_way/high/do_it": "-3"}).status_code == 404
    facilitator.memberships.update(role="administrator")
    desk.post(page, {"clear_way/high/do_it": "−3", "clear_way/high/no_such": "1", "x/y/z": "1", "near_deadline/high/do_it": "2"})  # fmt: skip
    assert [(r.characteristic, r.points) for r in OwnPoints.objects.all()] == [("clear_way", -3)]
    say(desk, initiatives[0], **CLEAR)
    assert next(o for o in advise(initiatives[0]).options if o.approach.id == "do_it").points == 2
    desk.post(page, {"clear_way/high/do_it": "2"})
    assert not OwnPoints.objects.exists()


@pytest.mark.parametrize("typed", ["4", "-4", "en", "", "1,5", "٣٣"])
def test_points_that_are_none_are_refused_all_of_them_and_kept_in_the_field(
    desk, municipality, facilitator, typed
):
    facilitator.memberships.update(role="administrator")
    form = {"those_agree/low/do_it": "3", "clear_way/high/do_it": typed}
    page = desk.post(f"/organisations/{municipality.pk}/advisor/", form)
    assert page.status_code == 422 and f'value="{typed}"' in page.text and not OwnPoints.objects.exists()


def test_the_history_is_the_same_beside_the_advisor_as_in_the_traces(
    municipality, initiatives, settle, reviews
):
    """A next step counts for the approach that its initiative had then."""
    reviews[settle(initiatives[0], "do_it", stated=80, months_ago=2).pk] = True
    reviews[settle(initiatives[0], what="Tavlemøde", owner="Leder", stated=70, months_ago=1).pk] = False
    settle(initiatives[0], "together")
    here = advising.history(gather.reviewed(municipality))
    assert here == advising.history(gather.facts(municipality).choices) == ({"do_it": 2}, {"do_it": 1})
