"""A meeting goes out as one document and comes back without loss; the workbook holds text as text."""

import io
import json
import re
import subprocess
import sys

import openpyxl
import pytest

from implere.conftest import Phone
from implere.decisions.models import Decision
from implere.example import seed
from implere.followup.commands import actions, anchoring
from implere.followup.commands.reviews import hold_review
from implere.followup.models import Action
from implere.initiatives.models import Initiative
from implere.meetings import commands
from implere.meetings.models import Meeting
from implere.method import frameworks
from implere.reports.exchange import FORMAT, NotAMeeting, export, restore
from implere.reports.spreadsheet import workbook

pytestmark = pytest.mark.django_db
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NASTY = [
    '=cmd|"/C calc"!A1',
    "+1+1",
    "@SUM(1)",
    "-2",
    "<script>alert(1)</script>",
    "مرحبا 🙂 שלום",
    "a\tb\nc",
]


def comparable(document: dict) -> dict:
    """The document with each id replaced by the order of its first appearance; what has no order is put by its words."""
    for activity in document["activities"]:
        content = activity["content"]
        content.get("notes", []).sort(key=lambda note: note["text"])
        content.get("zones", []).sort(key=lambda zone: (zone["position"], zone["row"], zone["column"]))
    names: dict[str, str] = {}
    text = json.dumps(document, ensure_ascii=False)
    document = json.loads(UUID.sub(lambda found: names.setdefault(found[0], f"id-{len(names)}"), text))
    for activity in document["activities"]:
        activity["content"].get("answers", []).sort(key=str)
    document.pop("people")  # nobody's device goes along
    return document


@pytest.fixture
def closed_meeting(db):
    """The example's closed meeting: notes, merges, themes, ballots."""
    seed()
    return Meeting.objects.filter(closed_at__isnull=False).first()


@pytest.fixture
def settled_meeting(meeting, initiatives, activity, desk):
    """A meeting with notes, a revealed ballot and decisions."""
    people = [Phone(meeting) for _ in range(5)]
    board = activity("brainstorm")
    for number, text in enumerate(NASTY):
        people[number % 5].send(f"activities/{board.pk}/notes/", {"text": text})
    desk.post(f"/m/{meeting.pk}/activities/{board.pk}/showing/")
    choice = activity("choice")
    for phone in people:
        for subject in choice.subjects.all():
            phone.send(f"activities/{choice.pk}/answers/", {"subject": str(subject.pk), "dots": "1"})
    desk.post(f"/m/{meeting.pk}/activities/{choice.pk}/reveal/")
    chosen = [str(s.pk) for s in choice.subjects.all()]
    desk.post(f"/m/{meeting.pk}/activities/{choice.pk}/choice/", {"subject": chosen})
    placement = activity("placement")
    for phone in people:
        for subject in placement.subjects.all():
            said = {"today": "do_it", "onwards": "together", "forecast": "70"}
            phone.send(f"activities/{placement.pk}/answers/", {"subject": str(subject.pk)} | said)
    desk.post(f"/m/{meeting.pk}/activities/{placement.pk}/reveal/")
    desk.post(f"/m/{meeting.pk}/activities/{placement.pk}/agreement/")
    assert Decision.objects.count() == 3
    commands.close_meeting(meeting)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def followed_meeting(settled_meeting):
    """The same, with what followed: a review, rounds of actions, steps of a framework."""
    decision = Decision.objects.select_related("subject__activity__meeting", "initiative").first()
    judged = {"outcome": "not", "right_then": True, "right_now": False, "learning": "Spørg aftenvagten først"}
    hold_review(decision, judged)
    cycle = settled_meeting.cycle
    words = {"what": "Tavlemøde", "owner": "Bente", "mail": "bente@egelund.example", "due": "om to uger"}
    loose = actions.make_action(cycle, words, initiative=decision.initiative)
    actions.reflect(loose, {"outcome": "done", "happened": "Det virker", "due": "om en uge"})
    own = Action.objects.create(
        organisation_id=cycle.organisation_id, cycle=cycle, decision=decision, what="Prøv det", owner="Bo",
        due_raw="i dag", due_on="2026-12-01", made_at=decision.settled_at,
    )  # fmt: skip
    actions.reflect(own, {"outcome": "changed", "happened": "Ferie", "stopped_because": "Det er hverdag"})
    framework = next(iter(frameworks.load().values()))
    followed = Initiative.objects.select_related("chosen").get(pk=decision.initiative_id)
    anchoring.reach_phase(followed, framework.id, 2)
    said = {"status": "under_way", "answer": "I gang", "due": "om en uge", "link": "https://egelund.example/"}
    anchoring.answer_step(followed, framework.steps[0].id, said)
    return settled_meeting


def test_nobodys_address_goes_along(followed_meeting):
    assert "bente@" not in json.dumps(export(followed_meeting))


@pytest.mark.parametrize("which", ["closed_meeting", "settled_meeting", "followed_meeting"])
def test_an_export_read_back_is_the_same_meeting(request, which):
    original = export(request.getfixturevalue(which))
    again = export(restore(json.loads(json.dumps(original))))
    assert len(original["activities"]) > 3
    assert comparable(original) == comparable(again)


def test_what_was_said_is_in_it(settled_meeting):
    document = export(settled_meeting)
    notes = {
        note["text"] for activity in document["activities"] for note in activity["content"].get("notes", [])
    }
    assert set(NASTY) <= notes | {text.strip() for text in NASTY}
    placed = [a for a in document["activities"] if a["kind"] == "placement"][0]
    assert len(placed["content"]["answers"]) == 15 and len(placed["decisions"]) == 3


def test_nobody_is_in_it(settled_meeting):
    text = json.dumps(export(settled_meeting))
    people = list(settled_meeting.participants.all())
    assert people
    for person in people:
        assert str(person.pk) not in text and person.device_hash not in text


@pytest.mark.parametrize(
    "document",
    [None, [], "x", {}, {"format": "other/1"}, {"format": FORMAT}, {"format": FORMAT, "organisation": 3},
     {"format": FORMAT, "organisation": {"name": "A", "language": "da"}, "cycle": {}}],
)  # fmt: skip
def test_what_is_no_meeting_is_refused_and_nothing_is_kept(db, document):
    with pytest.raises(NotAMeeting):
        restore(document)
    assert not Meeting.objects.exists()


def test_a_damaged_export_is_refused_whole(settled_meeting):
    document = json.loads(json.dumps(export(settled_meeting)))
    for damage in (
        lambda d: d["activities"][1]["content"].pop("notes"),
        lambda d: d["cycle"].update(starts_on="not a day"),
        lambda d: d["activities"][0].update(mechanism="no such"),
        lambda d: d["meeting"].update(title=None),
        lambda d: d["activities"][1].update(minutes="x"),
    ):
        damaged = json.loads(json.dumps(document))
        damage(damaged)
        with pytest.raises(NotAMeeting):
            restore(damaged)
    assert Meeting.objects.count() == 1


def test_the_workbook_holds_a_sheet_for_each_activity_and_runs_nothing(settled_meeting):
    book = openpyxl.load_workbook(io.BytesIO(workbook(settled_meeting)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    values = {cell.value for cell in cells}
    assert set(NASTY) <= values
    assert len(book.sheetnames) >= 4


def test_the_command_line_writes_it_and_reads_it_in(tmp_path):
    env = {"IMPLERE_DATA": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"}

    def implere(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "implere.cli", *arguments], env=env, capture_output=True, text=True
        )

    assert implere("seed").returncode == 0
    assert implere("export", "no-such-meeting").stderr.strip() == "There is no meeting no-such-meeting."
    import sqlite3

    code = sqlite3.connect(next((tmp_path / "data").glob("*.sqlite3"))).execute(
        "select code from meetings_meeting where closed_at is not null"
    )
    out = tmp_path / "meeting.json"
    assert implere("export", code.fetchone()[0], "--to", str(out)).returncode == 0
    assert json.loads(out.read_text())["format"] == FORMAT
    assert implere("import", str(out)).returncode == 0
    out.write_text("{ broken")
    broken = implere("import", str(out))
    assert broken.returncode == 1 and "Traceback" not in broken.stderr and broken.stderr.count("\n") == 1
    out.write_text('{"format": "other"}')
    other = implere("import", str(out))
    assert other.returncode == 1 and "Traceback" not in other.stderr
