"""Two at once: two answers to one action, two processes with the same mails. Real threads, each with its own connection."""

import threading

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone

from implere.followup.commands import actions, mails
from implere.followup.models import Action, Mail, Reflection
from implere.followup.tests.test_remind import TUESDAY, at
from implere.initiatives.models import Cycle
from implere.meetings.errors import Refused
from implere.organisation.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


@pytest.fixture
def made():
    own = {"organisation": Organisation.objects.create(name="Egelund Kommune")}
    cycle = Cycle.objects.create(name="2027", starts_on="2026-12-01", ends_on="2027-11-30", **own)
    said = {"what": "Tavlemøde", "owner": "Bente", "mail": "bente@egelund.example", "due": "i dag"}
    found = actions.make_action(cycle, said)
    Action.objects.update(due_on=TUESDAY)
    found.refresh_from_db()
    return found


def at_once(work) -> list:
    """Runs work() in several threads that begin together; returns what came of each."""
    ready, outcomes = threading.Barrier(AT_ONCE), []

    def run():
        ready.wait()
        try:
            outcomes.append(work())
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_several_answers_at_once_one_is_kept_and_the_others_are_told(made):
    def answer():
        said = {"outcome": "done", "happened": "Ja", "due": "om en uge"}
        return type(actions.reflect(Action.objects.get(pk=made.pk), said)).__name__

    outcomes = at_once(answer)
    assert sorted(outcomes) == ["Reflection"] + ["answered_already"] * (AT_ONCE - 1)
    assert Reflection.objects.count() == 1 and Action.objects.count() == 2


def test_of_several_processes_one_sends(made):
    assert sum(at_once(lambda: mails.send_what_is_due(at(TUESDAY)))) == 1
    assert len(mail.outbox) == 1 and Mail.objects.get().sent_at


def test_planning_at_once_makes_one_row(made):
    at_once(lambda: mails.plan_reminders(timezone.now(), TUESDAY))
    assert Mail.objects.count() == 1
    assert connection.vendor in ("sqlite", "postgresql")
