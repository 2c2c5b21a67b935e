"""A database from before there were actions: the next steps that stand become actions when it is brought up to date."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from implere.followup.models import Action

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("followup", None)]
AFTER = [("followup", "0001_what_follows")]


def test_next_steps_that_stand_become_actions(step):
    MigrationExecutor(connection).migrate(BEFORE)
    assert "followup_action" not in connection.introspection.table_names()
    MigrationExecutor(connection).migrate(AFTER)
    made = Action.objects.get()
    assert (made.decision_id, made.what, made.due_on, made.turn) == (step.pk, step.what, step.due_on, 1)
