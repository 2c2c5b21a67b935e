"""The pages open with the example in them, in Danish, and in a fixed number of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from implere.accounts.models import User
from implere.example import seed
from implere.initiatives.models import Initiative
from implere.insight.traces import TRACES
from implere.organisation.models import Organisation
from implere.practice.models import Indicator
from tests.danish import english_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen(db):
    seed()
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(User.objects.get(username="karen"))
    return client


def addresses() -> list[str]:
    organisation = Organisation.objects.get(name="Egelund Kommune")
    found = [f"/organisations/{organisation.pk}/{page}/" for page in ("traces", "capacity", "advisor")]
    found += [f"/organisations/{organisation.pk}/traces/{trace}/" for trace in TRACES]
    for one in Initiative.objects.filter(cycle__ends_on__gt="2026-01-01").order_by("-cycle__starts_on")[:4]:
        found += [f"/initiatives/{one.pk}/{page}" for page in ("", "advisor/", "indicators/", "indicators/new/", "capacity/", "meaning/")]  # fmt: skip
    for one in Indicator.objects.all():
        found += [f"/indicators/{one.pk}/", f"/indicators/{one.pk}/words/"]
    return found


def test_every_page_opens_in_danish(karen):
    for address in addresses():
        page = karen.get(address)
        assert page.status_code == 200, address
        assert not english_in(page.text), address


def test_a_stranger_finds_nothing(karen, stranger):
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(stranger)
    for address in addresses():
        assert client.get(address).status_code == 404, address


def test_the_number_of_queries_is_fixed(karen):
    """The same on an initiative with everything as on one with nothing."""
    organisation = Organisation.objects.get(name="Egelund Kommune")
    with CaptureQueriesContext(connection) as captured:
        karen.get(f"/organisations/{organisation.pk}/traces/")
    assert len(captured) <= 40, len(captured)
