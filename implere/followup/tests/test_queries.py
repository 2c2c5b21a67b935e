"""The pages of following up issue a fixed number of queries however much they show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from implere.decisions.models import Decision
from implere.followup import links
from implere.followup.models import Action, Reflection, Review, StepAnswer
from implere.initiatives.models import Chosen, Initiative
from implere.meetings import commands as meetings
from implere.method import frameworks

pytestmark = pytest.mark.django_db
OWNER = "Bente"


def fill(cycle, meeting, rows: int) -> None:
    """So many initiatives, choices (each other one reviewed), actions (each third one ended), answers to steps."""
    own = {"organisation_id": cycle.organisation_id}
    now, today = timezone.now(), timezone.localdate()
    step = next(iter(frameworks.load().values())).steps[0]
    activity = meeting.activities.get(kind="next_step")
    for number in range(rows):
        initiative = Initiative.objects.create(cycle=cycle, title=f"Tiltag {number}", **own)
        Chosen.objects.create(initiative=initiative, position=number, **own)
        subject = activity.subjects.create(text=f"Skridt {number}", initiative=initiative, **own)
        decision = Decision.objects.create(
            subject=subject, initiative=initiative, what=f"Skridt {number}", owner=OWNER, settled_at=now,
            review_on=today - timedelta(days=number), due_on=today, **own,
        )  # fmt: skip
        action = Action.objects.create(
            cycle=cycle, initiative=initiative, decision=decision, what=f"Skridt {number}", owner=OWNER, due_raw="",
            due_on=today + timedelta(days=number - 3), made_at=now, **own,
        )  # fmt: skip
        if number % 3 == 0:
            Reflection.objects.create(
                action=action, outcome="done", happened="Ja", stopped_because="Hverdag", written_at=now, **own
            )
        if number % 2:
            Review.objects.create(
                decision=decision, outcome="came", right_then=True, right_now=True, learning="Spørg", held_at=now, **own
            )  # fmt: skip
        StepAnswer.objects.create(
            initiative=initiative, framework=next(iter(frameworks.load())), step=step.id, status="in_place",
            written_at=now, **own,
        )  # fmt: skip


def counts(desk, cycle, follow) -> dict:
    token = links.mine_token(cycle.organisation_id, OWNER)
    pages = dict.fromkeys((f"/cycles/{cycle.pk}/", f"/cycles/{cycle.pk}/actions/", f"/cycles/{cycle.pk}/reviews/", f"/cycles/{cycle.pk}/anchoring/", f"/organisations/{cycle.organisation_id}/actions/", f"/organisations/{cycle.organisation_id}/reviews/", "/mine/", f"/m/{follow.pk}/desk/", f"/m/{follow.pk}/meeting.json"), desk) | {f"/mine/{token}/": Client(), f"/calendar/{token}.ics": Client()}  # fmt: skip
    found = {}
    for path, client in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200, path
        found[path.replace(token, "")] = len(captured)
    return found


def test_the_pages_take_as_many_queries_for_many_as_for_few(cycle, meeting, desk, facilitator):
    follow = meetings.make_meeting(cycle, by=facilitator, title="Opfølgning", template="followup_45")
    meetings.open_activity(follow.activities.get(kind="what_came_of_it"))
    fill(cycle, meeting, 6)
    few = counts(desk, cycle, follow)
    fill(cycle, meeting, 60)
    many = counts(desk, cycle, follow)
    assert {path: (few[path], many[path]) for path in few if few[path] != many[path]} == {}
    assert max(many.values()) <= 60
