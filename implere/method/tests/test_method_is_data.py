"""The method is data: what ships adds up, and a sixth question, a fifth approach or another activity changes no Python."""

import re
from pathlib import Path

import pytest

from implere.conftest import Phone
from implere.initiatives.models import Chosen
from implere.meetings import commands, queries
from implere.method import reader

ROOMS = Path(reader.__file__).parents[1]
METHOD = reader.read()

FIFTH = """
[[approach]]
id = "try_first"
name = { da = "Prøv først", en = "Try first" }
one_line = { da = "Et lille sted går foran", en = "A small place goes first" }
%s
"""
SIXTH = """
[[question]]
id = "who_loses"
text = { da = "Hvem mister noget?", en = "Who loses something?" }
"""
PULSE = """
[[activity]]
id = "meaning_pulse"
mechanism = "ballot"
step = 2
minutes = 4
title = { da = "Puls", en = "Pulse" }
question = { da = "Giver det mening?", en = "Does it make sense?" }
hint = { da = "Ét svar.", en = "One answer." }
say = { da = "Svar hver for sig.", en = "Answer on your own." }
[activity.config]
subjects = "chosen"
values = [{ id = "sense", type = "scale", options = "five", label = { da = "Mening", en = "Sense" } }]
"""
TEMPLATE = """
[[template]]
id = "ours"
title = { da = "Vores", en = "Ours" }
duration = 30
audience = "leaders"
items = [["placement", 10], ["five_questions", 10], ["meaning_pulse", 5]]
"""


def test_the_minutes_of_the_templates_add_up():
    """product.md's numbers: the whole method takes 173 of 180 minutes."""
    whole = METHOD.templates["whole_method_3h"]
    assert (whole.minutes, whole.duration) == (173, 180)
    by_kind = {item.kind: item.minutes for item in whole.items}
    assert by_kind["arrival"] == 6 and by_kind["brainstorm"] == 12 and by_kind["placement"] == 39
    assert by_kind["grouping"] + by_kind["choice"] == 15
    assert by_kind["five_questions"] == 22 and by_kind["next_step"] == 18
    assert by_kind["realisations"] + by_kind["closing"] == 7
    for template in METHOD.templates.values():
        assert template.minutes <= template.duration
    assert {t.duration for t in METHOD.templates.values()} == {180, 120, 45}


def test_each_approach_has_five_questions_and_our_reading_says_that_it_is_ours():
    assert len(METHOD.approaches) == 4 and len(METHOD.questions) == 5
    assert [str(a.name) for a in METHOD.approaches] == ["Gør det!", "Tag selv", "Tæt på", "Vi gør det sammen"]
    assert len(METHOD.realisations) == 5 and len(METHOD.phases) == 3 and len(METHOD.outcomes) == 2
    assert "vores" in METHOD.ours.da.casefold()


def test_no_code_knows_an_id_of_the_methods_data():
    """Questions, approaches, scales' options and realisations are named in data alone."""
    ids = {e.id for part in (METHOD.approaches, METHOD.questions, METHOD.realisations) for e in part}
    named = []
    for file in [*ROOMS.rglob("*.py"), *ROOMS.rglob("*.html"), *ROOMS.rglob("*.ts")]:
        if {"tests", "method", "example", "migrations", "node_modules"} & set(file.relative_to(ROOMS).parts):
            continue
        text = file.read_text(encoding="utf-8")
        named += [f"{file.name}: {id}" for id in ids if re.search(rf"[\"']{id}[\"']", text)]
    assert not named


@pytest.fixture
def extended(tmp_path, settings):
    """The method with an organisation's own files laid over it."""
    first = reader._read("approaches", None)["approach"][0]
    more = {k: v for k, v in first.items() if k not in ("id", "name", "one_line", "colour", "sign")}
    rows = "\n".join(
        f"{k} = {{ da = {v['da']!r}, en = {v['en']!r} }}" for k, v in more.items() if isinstance(v, dict)
    )
    (tmp_path / "approaches.toml").write_text(FIFTH % (rows + '\ncolour = 5\nsign = "△"'), encoding="utf-8")
    (tmp_path / "questions.toml").write_text(SIXTH, encoding="utf-8")
    (tmp_path / "activities.toml").write_text(PULSE, encoding="utf-8")
    (tmp_path / "templates.toml").write_text(TEMPLATE, encoding="utf-8")
    settings.METHOD_FOLDER = tmp_path
    return reader.load()


def test_what_is_laid_over_is_added(extended):
    assert len(extended.approaches) == 5 and len(extended.questions) == 6
    assert "meaning_pulse" in extended.activities and "placement" in extended.activities
    assert extended.approaches[0] == METHOD.approaches[0]


def test_a_meeting_runs_with_a_fifth_approach_a_sixth_question_and_an_activity_of_our_own(
    extended, cycle, facilitator, initiatives, desk
):
    for place, each in enumerate(initiatives):
        Chosen.objects.create(organisation_id=each.organisation_id, initiative=each, position=place)
    meeting = commands.make_meeting(cycle, by=facilitator, title="Vores", template="ours")
    commands.open_meeting(meeting)
    phones = [Phone(meeting) for _ in range(5)]

    def open_(kind):
        activity = meeting.activities.get(kind=kind)
        assert desk.post(f"/m/{meeting.pk}/activities/{activity.pk}/opening/").status_code == 303
        activity.refresh_from_db()
        return activity

    def answer(phone, activity, said):
        for subject in activity.subjects.all():
            sent = phone.send(f"activities/{activity.pk}/answers/", {"subject": str(subject.pk)} | said)
            assert sent.status_code == 200

    placement = open_("placement")
    assert "Prøv først" in phones[0].get(f"/m/{meeting.pk}/").text
    for phone in phones:
        answer(phone, placement, {"today": "do_it", "onwards": "try_first", "forecast": "50"})
    for path in ("reveal/", "agreement/"):
        desk.post(f"/m/{meeting.pk}/activities/{placement.pk}/{path}")
    assert "Prøv først" in desk.get(f"/m/{meeting.pk}/desk/").text
    assert "Prøv først" in desk.get(f"/cycles/{cycle.pk}/").text
    questions = open_("five_questions")
    assert questions.zones.count() == 5 * 6
    assert "Hvem mister noget?" in phones[0].get(f"/m/{meeting.pk}/").text
    pulse = open_("meaning_pulse")
    for phone in phones:
        answer(phone, pulse, {"sense": "4"})
    desk.post(f"/m/{meeting.pk}/activities/{pulse.pk}/reveal/")
    assert "Giver det mening?" in desk.get(f"/m/{meeting.pk}/minutes/").text
    assert queries.current(meeting).kind == "meaning_pulse"


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("questions.toml", '[[question]]\nid = "q"\ntext = { da = "Kun dansk" }\n', "da"),
        ("activities.toml", '[[activity]]\nid = "a"\nmechanism = "magic"\nminutes = 3\n', "mechanism"),
        ("templates.toml", '[[template]]\nid = "t"\ntitle = { da = "T", en = "T" }\nduration = 5\naudience = "leaders"\nitems = [["brainstorm", 9]]\n', "minutes"),
        ("templates.toml", '[[template]]\nid = "t"\ntitle = { da = "T", en = "T" }\nduration = 5\naudience = "leaders"\nitems = [["no_such", 3]]\n', "no_such"),
    ],
)  # fmt: skip
def test_a_fault_in_the_data_is_said_in_words(tmp_path, file, text, says):
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(reader.MethodError, match=says):
        reader.read(tmp_path)
