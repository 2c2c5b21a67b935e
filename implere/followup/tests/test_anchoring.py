"""A chosen initiative is followed through a framework's steps: counted and listed, only as far as it has come, history kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from implere.followup.commands import anchoring as commands
from implere.followup.models import PhaseReached, StepAnswer
from implere.followup.queries import anchoring as queries
from implere.initiatives.models import Chosen, Initiative
from implere.meetings.errors import Refused
from implere.method import frameworks, reader
from tests.danish import english_in

pytestmark = pytest.mark.django_db
OURS = """
id = "ours"
position = 9
before_start = 1
name = { da = "Vores egen", en = "Our own" }
source = { da = "Egelund", en = "Egelund" }
[[phase]]
id = "first"
name = { da = "Først", en = "First" }
about = { da = "Begynd.", en = "Begin." }
[[phase]]
id = "then"
name = { da = "Så", en = "Then" }
about = { da = "Bliv ved.", en = "Go on." }
%s
"""
STEP = """
[[step]]
id = "%(id)s"
phase = "%(phase)s"
name = { da = "Kald %(id)s", en = "Call %(id)s" }
questions = { da = "Hvem?", en = "Who?" }
means = { da = "Nogen.", en = "Somebody." }
goes_wrong = { da = "Ingen.", en = "Nobody." }
ask = { da = "Hvornår?", en = "When?" }
"""


def path(initiative, more="") -> str:
    return f"/cycles/{initiative.cycle_id}/initiatives/{initiative.pk}/anchoring/{more}"


def first_step() -> str:
    return next(iter(frameworks.load().values())).steps[0].id


def test_two_frameworks_ship_with_their_phases_and_steps():
    qif, pdsa = frameworks.read().values()
    assert (len(qif.phases), len(qif.steps), qif.before_start) == (4, 14, 2)
    assert [len(phase.steps) for phase in qif.phases] == [8, 2, 3, 1]
    assert [step.number for step in qif.steps] == list(range(1, 15))
    assert len(pdsa.phases) == 4 and pdsa.steps


def test_no_code_knows_a_step_or_a_phase():
    ids = {f.id for f in frameworks.read().values()}
    for framework in frameworks.read().values():
        ids |= {step.id for step in framework.steps} | {phase.id for phase in framework.phases}
    ids -= set(queries.STATUS_WORDS)  # a status of the rules has the same word as a phase
    ids -= {
        "needs",
        "fit",
        "plan",
        "do",
        "act",
        "note",
        "aim",
        "team",
        "people",
        "learning",
        "capacity",
        "process",
    }  # plain words
    room = reader.DATA.parents[1] / "followup"
    named = [
        f"{file.name}: {id}"
        for file in [*room.rglob("*.py"), *room.rglob("*.html")]
        if "tests" not in file.parts
        for id in ids
        if f'"{id}"' in file.read_text()
    ]
    assert not named


def test_only_the_steps_of_the_phase_that_is_reached_are_asked_for(chosen, desk):
    page = desk.get(path(chosen[0]))
    view = queries.of_initiative(chosen[0])
    assert [phase.asked for phase in view.phases] == [True, False, False, False] and len(view.open) == 8
    assert "8 af 8 trin" in page.text and "Spørges der om, når I når hertil" in page.text
    assert not english_in(page.text)
    desk.post(path(chosen[0], "phase/"), {"framework": view.framework.id, "phase": "3"})
    assert len(queries.of_initiative(chosen[0]).open) == 13
    desk.post(path(chosen[0], "phase/"), {"framework": view.framework.id, "phase": "1"})
    assert len(queries.of_initiative(chosen[0]).open) == 8 and PhaseReached.objects.count() == 2


def test_what_belongs_before_the_start_is_open_once_it_has_begun(chosen):
    Initiative.objects.filter(pk=chosen[0].pk).update(start_from=timezone.localdate() - timedelta(days=1))
    chosen[0].refresh_from_db()
    assert len(queries.of_initiative(chosen[0]).open) == 10


def test_a_step_is_answered_with_evidence_and_its_history_is_kept(chosen, desk):
    said = {"status": "under_way", "answer": "Vi har spurgt", "evidence": "Referat", "link": "https://egelund.example/r",
            "figure": "14 af 18", "responsible": "Bente", "due": "om to uger"}  # fmt: skip
    step = path(chosen[0], f"steps/{first_step()}/")
    assert desk.post(step, said).status_code == 302
    assert desk.post(step, {"status": "in_place", "answer": "Det er undersøgt"}).status_code == 302
    page = desk.get(step)
    for text in (
        "Vi har spurgt",
        "Det er undersøgt",
        "14 af 18",
        "https://egelund.example/r",
        "Det går tit galt",
    ):
        assert text in page.text
    assert not english_in(page.text)
    assert StepAnswer.objects.first().due_on == timezone.localdate() + timedelta(days=14)
    assert len(queries.of_initiative(chosen[0]).open) == 7


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"status": "irrelevant"}, "hvorfor trinnet"), ({"status": "in_place", "link": "javascript:alert(1)"}, "ikke en adresse"),
        ({"status": "in_place", "link": "http://[x"}, "ikke en adresse"), ({"status": "in_place", "due": "engang"}, "ikke en dato"),
        ({"status": "in_place", "answer": "æ" * 2001}, "for lang"), ({"status": "perfect"}, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(chosen, desk, said, word):
    answer = desk.post(path(chosen[0], f"steps/{first_step()}/"), said | {"evidence": "Det, jeg skrev"})
    assert answer.status_code == 422 and "Det, jeg skrev" in answer.text and not english_in(answer.text)
    if word != "for lang":
        assert word in answer.text
    assert not StepAnswer.objects.exists()


def test_not_relevant_takes_a_reason_and_closes_the_step(chosen):
    commands.answer_step(chosen[0], first_step(), {"status": "irrelevant", "reason": "Det er et lovkrav"})
    assert len(queries.of_initiative(chosen[0]).open) == 7
    with pytest.raises(IntegrityError), transaction.atomic():
        StepAnswer.objects.update(reason="")


def test_only_chosen_initiatives_are_followed(initiatives, desk):
    with pytest.raises(Refused, match="not_chosen"):
        commands.answer_step(initiatives[0], first_step(), {"status": "in_place"})
    with pytest.raises(Refused, match="not_chosen"):
        commands.reach_phase(initiatives[0], next(iter(frameworks.load())), 1)
    assert desk.get(path(initiatives[0])).status_code == 404


@pytest.mark.parametrize("typed", ["0", "5", "-1", "x", "", "99999999999", "²"])
def test_a_phase_that_is_none_is_not_reached(chosen, desk, typed):
    desk.post(path(chosen[0], "phase/"), {"framework": next(iter(frameworks.load())), "phase": typed})
    assert not PhaseReached.objects.exists()


def test_all_at_once_says_where_the_organisation_can_be_strengthened(chosen, desk, cycle):
    for initiative in chosen[1:]:
        commands.answer_step(initiative, first_step(), {"status": "in_place"})
    page = desk.get(f"/cycles/{cycle.pk}/anchoring/")
    found = queries.of_cycle(cycle)
    assert found.steps[-1].step.id == first_step() and (found.steps[-1].open, found.steps[-1].of) == (1, 3)
    assert (found.steps[0].open, found.steps[0].of) == (3, 3)
    assert "3 af 3 tiltag har trin" in page.text and "%" not in page.text and not english_in(page.text)


def test_the_picture_of_all_takes_the_same_number_of_queries(chosen, desk, cycle):
    def count() -> int:
        desk.get(f"/cycles/{cycle.pk}/anchoring/")
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/cycles/{cycle.pk}/anchoring/")
        return len(captured)

    few = count()
    own = {"organisation_id": cycle.organisation_id}
    for number in range(20):
        made = Initiative.objects.create(cycle=cycle, title=f"Tiltag {number}", **own)
        Chosen.objects.create(initiative=made, position=number, **own)
        made = Initiative.objects.select_related("chosen").get(pk=made.pk)
        commands.answer_step(made, first_step(), {"status": "in_place"})
    assert count() == few


def test_another_framework_is_followed_and_what_was_answered_is_kept(chosen, desk):
    qif, pdsa = frameworks.load()
    commands.answer_step(chosen[0], first_step(), {"status": "in_place"})
    desk.post(path(chosen[0], "phase/"), {"framework": pdsa, "phase": "1"})
    assert queries.of_initiative(chosen[0]).framework.id == pdsa
    assert len(queries.of_initiative(chosen[0]).open) == 3
    desk.post(path(chosen[0], "phase/"), {"framework": qif, "phase": "1"})
    assert len(queries.of_initiative(chosen[0]).open) == 7


@pytest.fixture
def own_framework(tmp_path, settings):
    """An organisation's own framework, as a file."""
    (tmp_path / "frameworks").mkdir()
    steps = STEP % {"id": "call", "phase": "first"} + STEP % {"id": "again", "phase": "then"}
    (tmp_path / "frameworks" / "ours.toml").write_text(OURS % steps, encoding="utf-8")
    settings.METHOD_FOLDER = tmp_path
    return "ours"


def test_an_organisations_own_framework_is_a_file(own_framework, chosen, desk, cycle):
    assert "Vores egen" in desk.get(path(chosen[0])).text
    desk.post(path(chosen[0], "phase/"), {"framework": own_framework, "phase": "2"})
    page = desk.get(path(chosen[0]))
    assert "Kald call" in page.text and "Kald again" in page.text
    assert desk.post(path(chosen[0], "steps/again/"), {"status": "in_place"}).status_code == 302
    assert "Kald call" in desk.get(f"/cycles/{cycle.pk}/anchoring/").text


def test_a_framework_that_is_gone_leaves_the_default(chosen):
    own = {"organisation_id": chosen[0].organisation_id}
    PhaseReached.objects.create(initiative=chosen[0], framework="gone", phase=3, at=timezone.now(), **own)
    view = queries.of_initiative(chosen[0])
    assert view.framework.id == next(iter(frameworks.load())) and view.reached == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = ", "can't be read"), ('id = "x"', "missing"),
        (OURS % (STEP % {"id": "a", "phase": "nowhere"}), "nowhere"), (OURS % (2 * (STEP % {"id": "a", "phase": "first"})), "same id"),
        (OURS.replace(', en = "Our own"', "") % (STEP % {"id": "a", "phase": "first"}), "English"),
    ],
)  # fmt: skip
def test_a_fault_in_a_framework_is_said_in_words(tmp_path, text, says):
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "ours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(reader.MethodError, match=says):
        frameworks.read(tmp_path)


def test_a_stranger_meets_no_picture(chosen, stranger, cycle):
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(stranger)
    for address in (
        f"/cycles/{cycle.pk}/anchoring/",
        path(chosen[0]),
        path(chosen[0], f"steps/{first_step()}/"),
    ):
        assert client.get(address).status_code == 404
    assert client.post(path(chosen[0], "phase/"), {"framework": "x", "phase": "1"}).status_code == 404


def test_an_initiative_of_another_cycle_is_not_found_under_this_one(chosen, desk, municipality):
    from implere.initiatives.models import Cycle

    other = Cycle.objects.create(
        organisation=municipality, name="En anden", starts_on="2025-01-01", ends_on="2025-12-31"
    )
    assert desk.get(f"/cycles/{other.pk}/initiatives/{chosen[0].pk}/anchoring/").status_code == 404
