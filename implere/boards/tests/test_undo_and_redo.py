"""Any steps on a board: all are taken back to the beginning and done again to the end, and the slider shows each as it was."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from implere.boards import commands, queries
from implere.boards.history import board_then, read
from implere.boards.models import Merge, Note, Zone
from implere.meetings import commands as meetings
from implere.meetings.errors import Refused
from implere.meetings.history import replay

pytestmark = pytest.mark.django_db
INDEX = st.integers(min_value=0, max_value=5)
TITLES = st.sampled_from(["Ældre", "ældre", "Digitalt", "Børn og unge", "Klima"])


def picture(board: queries.Board) -> tuple:
    """All that a board says, but for who wrote it."""
    return tuple(
        (
            zone.title,
            tuple((i["title"], i["notes"]) for i in zone.initiatives),
            tuple((n.text, tuple(u.text for u in n.under), n.about, n.became, n.struck) for n in zone.notes),
        )
        for zone in board.zones
    )


class Steps(RuleBasedStateMachine):
    """A grouping with five notes and a late one, and all that can be done to it. `pictures[n]` is the board after n steps."""

    def __init__(self, meeting, people):
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.meeting = meeting
        brainstorm = meeting.activities.get(kind="brainstorm")
        meetings.open_activity(brainstorm)
        for number in range(5):
            commands.place_note(brainstorm, people[number % 2], f"Seddel {number}")
        self.board = meeting.activities.get(kind="grouping")
        meetings.open_activity(self.board)
        for activity in (brainstorm, self.board):
            activity.refresh_from_db()
        self.brainstorm = brainstorm
        commands.hand_in(brainstorm, people[0], "Kom for sent")
        self.pictures = {self.standing(): self.now()}
        self.first = self.standing()

    def now(self) -> tuple:
        return picture(queries.board(self.board))

    def standing(self) -> int:
        return self.meeting.steps.filter(undone_at=None).count()

    def do(self, command, *args):
        before, count = self.now(), self.meeting.steps.count()
        try:
            command(*args)
        except (Refused, IndexError):
            assert self.now() == before and self.meeting.steps.count() == count
            return
        if self.meeting.steps.count() == count and self.meeting.steps.order_by("-number").first().undone_at:
            assert self.now() == before  # nothing to do, so nothing was dropped
            return
        self.pictures[self.standing()] = self.now()

    def note(self, index):
        return Note.objects.filter(activity__meeting=self.meeting).order_by("text", "pk")[index].pk

    def zone(self, index):
        return Zone.objects.filter(activity=self.board).order_by("pk")[index].pk

    @rule(note=INDEX, zone=st.none() | INDEX)
    def move(self, note, zone):
        self.do(
            lambda: commands.move_note(self.board, self.note(note), None if zone is None else self.zone(zone))
        )

    @rule(note=INDEX, into=INDEX)
    def lay_under(self, note, into):
        self.do(lambda: commands.merge(self.board, self.note(note), self.note(into)))

    @rule(note=INDEX)
    def part(self, note):
        self.do(lambda: commands.part(self.board, self.note(note)))

    @rule(title=TITLES)
    def name_a_theme(self, title):
        self.do(lambda: commands.name_theme(self.board, title))

    @rule(zone=INDEX, title=TITLES)
    def rename_a_theme(self, zone, title):
        self.do(lambda: commands.rename_theme(self.board, self.zone(zone), title))

    @rule(zone=INDEX)
    def remove_a_theme(self, zone):
        self.do(lambda: commands.remove_theme(self.board, self.zone(zone)))

    @rule(note=INDEX, other=INDEX)
    def make_an_initiative(self, note, other):
        self.do(lambda: commands.make_initiative(self.board, sorted({self.note(note), self.note(other)})))

    @rule(note=INDEX)
    def take_away(self, note):
        self.do(lambda: commands.take_away(self.board, self.note(note)))

    @rule()
    def type_in(self):
        self.do(lambda: commands.type_in(self.board, "Fra papir\nOg én til"))

    @rule(decide=st.sampled_from([commands.take_in, commands.leave_out]))
    def decide_on_the_late_one(self, decide):
        late = Note.objects.get(text="Kom for sent")
        self.do(lambda: decide(self.brainstorm, late.pk))

    @rule(count=st.integers(min_value=0, max_value=3))
    def deal_groups(self, count):
        self.do(lambda: meetings.deal_groups(self.meeting, count))

    @rule()
    def undo(self):
        if self.standing() > self.first:
            meetings.undo(self.meeting)
            assert self.now() == self.pictures[self.standing()]

    @rule()
    def redo(self):
        if self.meeting.steps.filter(undone_at__isnull=False).exists():
            meetings.redo(self.meeting)
            assert self.now() == self.pictures[self.standing()]

    def teardown(self):
        try:
            self.replay_is_what_was()
            last = self.standing()
            for number in range(last - 1, self.first - 1, -1):
                meetings.undo(self.meeting)
                assert self.now() == self.pictures[number]
            for number in range(self.first + 1, last + 1):
                meetings.redo(self.meeting)
                assert self.now() == self.pictures[number]
        finally:
            transaction.set_rollback(True)
            self.kept.__exit__(None, None, None)

    def replay_is_what_was(self):
        past = read(self.board)
        assert picture(board_then(self.board, past)) == self.now()
        for step in self.meeting.steps.filter(undone_at=None, number__gt=self.first):
            place = self.meeting.steps.filter(undone_at=None, number__lte=step.number).count()
            assert picture(board_then(self.board, past)) == self.pictures[place]
            past.take_back(step.changes)
        assert picture(board_then(self.board, past)) == self.pictures[self.first]


def test_any_steps_are_taken_back_done_again_and_replayed(meeting, phones):
    people = [phone.participant for phone in phones(2)]
    run_state_machine_as_test(
        lambda: Steps(meeting, people),
        settings=settings(
            max_examples=30,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def shown(activity, phones):
    """A brainstorm with three notes that have been shown."""
    board, phone = activity("brainstorm"), phones(1)[0]
    notes = [commands.place_note(board, phone.participant, f"Seddel {n}") for n in range(3)]
    commands.show_notes(board)
    return board, phone, notes


def texts(found) -> set[str]:
    return {word for word in ("Seddel 0", "Seddel 1", "Seddel 2", "Senere") if word in found.picture}


def test_writing_is_never_replayed(shown):
    board, phone, notes = shown
    commands.merge(board, notes[1].pk, notes[0].pk)
    commands.place_note(board, phone.participant, "Senere")
    commands.reword_note(board, phone.participant, notes[2].pk, "Seddel 2 igen", version=1)
    commands.part(board, notes[1].pk)
    found = replay(board)
    assert [m.step.verb for m in found.moments] == ["show_notes", "merge", "part"]
    for index in range(3):
        then = replay(board, index)
        assert texts(then) == {"Seddel 0", "Seddel 1", "Seddel 2", "Senere"} and "igen" in then.picture


def test_a_note_that_its_writer_took_back_is_never_seen_again(shown):
    board, phone, notes = shown
    commands.take_away(board, notes[0].pk)
    meetings.undo(board.meeting)
    commands.remove_note(board, phone.participant, notes[0].pk)
    meetings.redo(board.meeting)
    meetings.undo(board.meeting)
    notes[0].refresh_from_db()
    assert notes[0].removed_at is not None
    assert all("Seddel 0" not in replay(board, index).picture for index in range(2))


def test_what_was_struck_is_struck_at_every_step(shown):
    board, _phone, notes = shown
    commands.take_away(board, notes[0].pk)
    meetings.undo(board.meeting)
    commands.strike_note(board, notes[0].pk, "Seddel 0")
    commands.merge(board, notes[1].pk, notes[0].pk)
    assert all("Seddel 0" not in replay(board, index).picture for index in range(2))
    assert "Seddel 0" not in str(list(board.meeting.steps.values("facts", "changes")))


def test_nothing_is_replayed_while_the_notes_are_hidden_nor_from_before_they_were_shown(shown):
    board, phone, _notes = shown
    commands.hide_notes(board)
    commands.place_note(board, phone.participant, "Senere")
    assert replay(board) is None
    commands.show_notes(board)
    assert [m.step.verb for m in replay(board).moments] == ["show_notes", "show_notes"]


def test_a_new_change_drops_what_could_have_been_done_again(shown):
    board, _phone, notes = shown
    commands.merge(board, notes[1].pk, notes[0].pk)
    meetings.undo(board.meeting)
    commands.take_away(board, notes[2].pk)
    with pytest.raises(Refused, match="nothing_to_redo"):
        meetings.redo(board.meeting)
    assert not Merge.objects.exists()


def test_what_is_done_again_is_what_the_facilitator_saw(shown):
    board, _phone, notes = shown
    first = commands.merge(board, notes[1].pk, notes[0].pk)
    commands.take_away(board, notes[2].pk)
    assert first is None
    last = meetings.undo(board.meeting)
    seen = meetings.undo(board.meeting)
    with pytest.raises(Refused, match="another_is_first"):
        meetings.redo(board.meeting, step_id=last.pk)
    assert meetings.redo(board.meeting, step_id=seen.pk).verb == "merge"
