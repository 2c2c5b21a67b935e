"""The cast of the tests: Egelund municipality, Karen who facilitates, Bo who is a stranger, and phones in the room."""

import pytest
from django.test import Client

from implere.accounts.commands import make_user
from implere.initiatives.models import Cycle, Initiative
from implere.meetings import commands, guessing, reach
from implere.organisation.models import Membership, Organisation


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A hash that is slow on purpose would be most of a test's time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _a_fresh_minute():
    guessing.forget_guesses()


@pytest.fixture
def municipality(db):
    return Organisation.objects.create(name="Egelund Kommune")


@pytest.fixture
def facilitator(municipality):
    """Karen, who runs the meetings of the municipality."""
    user = make_user("karen", name="Karen", password="correct horse battery")
    Membership.objects.create(organisation=municipality, user=user, role=Membership.Role.FACILITATOR)
    return user


@pytest.fixture
def stranger(db):
    """Bo, who facilitates in another organisation."""
    other = Organisation.objects.create(name="Fjordby Kommune")
    user = make_user("bo", name="Bo", password="correct horse battery")
    Membership.objects.create(organisation=other, user=user, role=Membership.Role.ADMINISTRATOR)
    return user


@pytest.fixture
def cycle(municipality):
    return Cycle.objects.create(
        organisation=municipality, name="2027", starts_on="2026-12-01", ends_on="2027-11-30"
    )


@pytest.fixture
def initiatives(cycle):
    """Three initiatives on the list: the last is new."""
    rows = [("Digitalt ledelsestilsyn", "running"), ("Demensstrategi", "running"), ("Helhedspleje", "new")]
    return [
        Initiative.objects.create(
            organisation_id=cycle.organisation_id, cycle=cycle, title=title, status=status, position=position
        )
        for position, (title, status) in enumerate(rows)
    ]


@pytest.fixture
def meeting(cycle, facilitator):
    """An open leaders' meeting with the whole method on its agenda."""
    made = commands.make_meeting(cycle, by=facilitator, title="Ledergruppen", template="whole_method_3h")
    commands.open_meeting(made)
    return made


@pytest.fixture
def activity(meeting):
    """activity(kind) -> the meeting's activity of that kind, opened."""

    def find(kind: str, *, opened: bool = True):
        found = meeting.activities.get(kind=kind)
        if opened:
            commands.open_activity(found)
            found.refresh_from_db()
        return found

    return find


class Phone(Client):
    """A participant's device, joined by the QR picture's address. `participant` is its row."""

    def __init__(self, meeting, **more):
        super().__init__(headers={"origin": "http://testserver"}, **more)
        self.meeting = meeting
        self.get(f"/j/{meeting.code}/{reach.join_key(meeting)}/")
        self.page = self.get(f"/m/{meeting.pk}/")
        self.participant = meeting.participants.order_by("-joined_at").first()

    def send(self, path: str, data=None, **more):
        """Posts to an address below the meeting's, as the page's script does."""
        return self.post(f"/m/{self.meeting.pk}/{path}", data or {}, headers={"HX-Request": "true"}, **more)


@pytest.fixture
def phones(meeting):
    """phones(n) -> n phones that have joined."""
    return lambda count: [Phone(meeting) for _ in range(count)]


@pytest.fixture
def desk(facilitator):
    """Karen's browser, signed in."""
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(facilitator)
    return client
