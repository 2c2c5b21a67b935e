"""The example: a fictional municipality, Egelund, with an earlier cycle and what came of it, a cycle, a list, an employees' group that has released
its picture, and an open leaders' meeting. The titles are of the kind that municipalities have; nothing said is any real body's."""

import socket
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from implere.accounts.commands import make_sign_in_link, make_user
from implere.accounts.models import User
from implere.example import followup, meetings, practice
from implere.example.tables import rows
from implere.initiatives.models import Cycle, Initiative, Theme
from implere.live.commands import write
from implere.meetings import reach
from implere.meetings.models import Meeting
from implere.organisation.models import Membership, Organisation, Unit

NAME = "Egelund Kommune"
FACILITATOR = "karen"
UNITS = {
    "Direktion": {
        "Ældre og Sundhed": [
            "Hjemmeplejen",
            "Plejecenter Solgården",
            "Plejecenter Borgmestervej",
            "Sygeplejen",
        ],
        "Børn og Skole": ["Egelund Skole", "Åskolen", "Dagtilbud Nord", "Familierådgivningen"],
        "Social og Arbejdsmarked": ["Jobcentret", "Ungeenheden"],
        "Teknik og Miljø": ["Affald og Genbrug", "Vej og Park"],
        "Stab": ["HR", "Digitalisering og It", "Økonomi"],
    }
}


def seed() -> bool:
    """Makes the example once; False where it is there already."""
    if Organisation.objects.filter(name=NAME).exists():
        return False
    with write():
        organisation = Organisation.objects.create(name=NAME)
        _units(organisation, UNITS, None)
        user = make_user(FACILITATOR, name="Karen Holm")
        Membership.objects.create(organisation=organisation, user=user, role=Membership.Role.ADMINISTRATOR)
        cycle = _cycle(organisation)
        _initiatives(cycle)
        followup.earlier(organisation, user)
        meetings.employees(cycle, user)
        meetings.leaders(cycle, user)
        practice.add(cycle, user)
    return True


def _units(organisation, tree, parent) -> None:
    for position, name in enumerate(tree):
        unit = Unit.objects.create(organisation=organisation, parent=parent, name=name, position=position)
        children = tree[name] if isinstance(tree, dict) else []
        _units(organisation, children, unit)


def _cycle(organisation) -> Cycle:
    start = timezone.localdate().replace(day=1)
    return Cycle.objects.create(
        organisation=organisation,
        name=f"Fra strategi til hverdag {start.year + 1}",
        purpose="Færre ting på én gang, og flere af dem helt ud i hverdagen.",
        starts_on=start,
        ends_on=start + timedelta(days=364),
    )


def _initiatives(cycle: Cycle) -> None:
    themes: dict[str, Theme] = {}
    for position, row in enumerate(rows("initiatives"), start=1):
        if row["theme"] not in themes:
            themes[row["theme"]] = Theme.objects.create(
                organisation_id=cycle.organisation_id,
                cycle=cycle,
                title=row["theme"],
                position=len(themes) + 1,
            )
        Initiative.objects.create(
            organisation_id=cycle.organisation_id,
            cycle=cycle,
            theme=themes[row["theme"]],
            title=row["title"],
            description=row["description"],
            owner=row["owner"],
            status=row["status"],
            start_raw=row["start"],
            start_from=date.fromisoformat(row["start"]),
            start_to=date.fromisoformat(row["start"]),
            end_raw=row["end"],
            end_from=date.fromisoformat(row["end"]),
            end_to=date.fromisoformat(row["end"]),
            source=Initiative.Source.LIST,
            seen_by=row["seen_by"],
            position=position,
        )


def addresses(configuration) -> list[str]:
    """The three lines of `make run`: the desk's link signs in once."""
    base = settings.BASE_ADDRESS or f"http://{_reachable(configuration.host)}:{configuration.port}"
    meeting = Meeting.objects.filter(organisation__name=NAME, closed_at=None, opened_at__isnull=False).first()
    user = User.objects.get(username=FACILITATOR)
    if meeting is None:
        return [f"desk: {base}/sign-in/{make_sign_in_link(user)}/?now"]
    secret = make_sign_in_link(user, leads_to=f"/m/{meeting.pk}/desk/")
    return [
        f"desk: {base}/sign-in/{secret}/?now",
        f"screen: {base}/m/{meeting.pk}/screen/{reach.screen_key(meeting)}/",
        f"join: {base}/j/{meeting.code}/{reach.join_key(meeting)}/",
    ]


def _reachable(host: str) -> str:
    """An address that the room's phones can open: this machine's own where the server listens to the network."""
    if host not in ("0.0.0.0", "::"):
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: asks which address would be used
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"
