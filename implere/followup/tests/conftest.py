"""More of the cast: a next step that the group settled, and its action."""

import pytest

from implere.decisions import commands as decisions
from implere.followup.models import Action
from implere.initiatives.models import Chosen

STEP = {
    "what": "Superbruger i alle vagter",
    "owner": "Chef for hjemmeplejen",
    "due": "om to uger",
    "effect": "Færre opkald om aftenen",
    "seen_by": "Vagtplanen og opkaldslisten",
}


@pytest.fixture
def subject(activity, initiatives):
    """A proposal that the group decides on."""
    found = activity("next_step")
    return found.subjects.create(
        organisation_id=found.organisation_id, text="Superbruger", position=1, initiative=initiatives[0]
    )


@pytest.fixture
def step(subject):
    """The next step that the group settled."""
    return decisions.settle_next_step(subject, STEP)


@pytest.fixture
def action(step):
    return Action.objects.get(decision=step)


@pytest.fixture
def chosen(initiatives):
    """The three initiatives, chosen to go on with."""
    for place, each in enumerate(initiatives):
        Chosen.objects.create(organisation_id=each.organisation_id, initiative=each, position=place)
    return initiatives
