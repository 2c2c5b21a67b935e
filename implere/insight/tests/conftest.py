from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from implere import rooms
from implere.decisions.models import Decision
from implere.initiatives.models import Initiative
from implere.meetings.models import Subject


@pytest.fixture
def reviews(monkeypatch):
    """{decision id: happened}: what a room that reviews would tell."""
    known = {}
    told = [lambda organisation: [rooms.Outcome(pk, happened) for pk, happened in known.items()]]
    monkeypatch.setattr(rooms, "forecast_outcomes", told)
    return known


@pytest.fixture
def settle(meeting):
    """settle(initiative, onwards, …) -> a placement that stands, settled as long ago as it is told to."""

    def make(initiative, onwards="", *, stated=None, months_ago=0, what="", **more):
        activity = meeting.activities.get(kind="placement")
        subject = Subject.objects.create(
            organisation_id=meeting.organisation_id, activity=activity, initiative=initiative, text="x"
        )
        return Decision.objects.create(
            organisation_id=meeting.organisation_id, subject=subject, initiative=initiative, onwards=onwards,
            today=more.pop("today", onwards), stated=stated, what=what,
            settled_at=timezone.now() - timedelta(days=30 * months_ago), **more,
        )  # fmt: skip

    return make


@pytest.fixture
def more(cycle):
    """more(n) -> n further initiatives of the cycle, with owner and effect."""

    def make(count, **fields):
        return Initiative.objects.bulk_create(
            Initiative(
                organisation_id=cycle.organisation_id, cycle=cycle, title=f"Tiltag {n}", position=n,
                **({"owner": "Leder", "seen_by": "Noget ses"} | fields),
            )
            for n in range(count)
        )  # fmt: skip

    return make


@pytest.fixture
def levels(municipality):
    from implere.organisation.models import Unit

    top = Unit.objects.create(organisation=municipality, name="Direktion")
    area = Unit.objects.create(organisation=municipality, name="Ældre", parent=top)
    home = Unit.objects.create(organisation=municipality, name="Solgården", parent=area)
    return SimpleNamespace(top=top, area=area, home=home)
