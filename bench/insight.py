"""The page of the five traces in an organisation with ten years behind it: its queries at two sizes, and its time over one plain scan of
the same tables. And how fast an indicator's numbers are brought in.

The scan is what nobody can do without: sqlite3 from Python's own library, outside Django, every row and column of the tables that the
page is computed from."""

import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.sizes import size

YEARS = 10
INITIATIVES = int(size("INITIATIVES", 2000))
SHARES = {"units": 0.15, "decisions": 10, "answers": 100}  # for each initiative
POINTS = int(size("POINTS", 4000))
FEWER = 20  # times fewer, in the small organisation
TABLES = (
    "organisation_unit", "initiatives_cycle", "initiatives_initiative", "initiatives_chosen", "decisions_decision", "meetings_subject",
    "ballots_answer", "ballots_reveal", "practice_indicator", "practice_need", "practice_hours", "practice_size", "practice_asked",
    "practice_knowing", "practice_asking", "practice_translation", "practice_wish", "practice_reply", "insight_described",
)  # fmt: skip
_made: dict[int, tuple] = {}


def organisation_of(initiatives: int):
    """(organisation, a client that is signed in), made once for each size."""
    if initiatives not in _made:
        _made[initiatives] = _make(initiatives)
    return _made[initiatives]


def _make(count: int):
    from implere.accounts.commands import make_user
    from implere.organisation.models import Membership, Organisation

    organisation = Organisation.objects.create(name=f"Ti år, {count} tiltag")
    user = make_user(f"insight-{count}", name="Karen")
    own = {"organisation": organisation}
    Membership.objects.create(user=user, role=Membership.Role.ADMINISTRATOR, **own)
    units = _units(own, int(count * SHARES["units"]))
    initiatives = _initiatives(own, count)
    _decisions(own, initiatives, user)
    _practice(own, initiatives, units)
    client = Client()
    client.force_login(user)
    return organisation, client


def _units(own: dict, count: int) -> list:
    from implere.organisation.models import Unit

    top = Unit.objects.create(name="Direktion", **own)
    areas = Unit.objects.bulk_create(
        Unit(name=f"Område {n}", parent=top, **own) for n in range(max(count // 20, 1))
    )
    rest = Unit.objects.bulk_create(
        Unit(name=f"Enhed {n}", parent=areas[n % len(areas)], **own) for n in range(count - len(areas) - 1)
    )
    return [top, *areas, *rest]


def _initiatives(own: dict, count: int) -> list:
    from implere.initiatives.models import Chosen, Cycle, Initiative

    today, made = timezone.localdate(), []
    for year in range(YEARS):
        begins = today - timedelta(days=365 * (YEARS - year - 1) + 30)
        cycle = Cycle.objects.create(
            name=f"Forløb {year}", starts_on=begins, ends_on=begins + timedelta(days=364), **own
        )
        made += Initiative.objects.bulk_create(
            Initiative(
                cycle=cycle, title=f"Tiltag {year}.{n}", owner="Leder" if n % 3 else "", position=n, **own
            )
            for n in range(count // YEARS)
        )
    Chosen.objects.bulk_create(Chosen(initiative=each, **own) for each in made[::2])
    return made


def _decisions(own: dict, initiatives: list, user) -> None:
    """A meeting for each year with its decisions and the answers to what characterises the initiatives, shown."""
    from implere.ballots.models import Answer, Reveal
    from implere.decisions.models import Decision
    from implere.initiatives.models import Cycle
    from implere.meetings.commands import close_meeting, make_meeting, open_meeting
    from implere.meetings.models import Activity, Subject
    from implere.method import reader

    approaches = [a.id for a in reader.load().approaches]
    kind = reader.load().activity("characteristics")
    said = [value["id"] for value in kind.config["values"]]
    for cycle in Cycle.objects.filter(**own):
        meeting = make_meeting(cycle, by=user, title=cycle.name, template="whole_method_3h")
        open_meeting(meeting)
        close_meeting(meeting)
        mine = [each for each in initiatives if each.cycle_id == cycle.pk]
        activity = Activity.objects.create(
            meeting=meeting,
            position=99,
            kind=kind.id,
            mechanism="ballot",
            title="Kendetegn",
            config=kind.config,
            **own,
        )
        Reveal.objects.create(activity=activity, **own)
        count = int(len(mine) * SHARES["decisions"])
        subjects = Subject.objects.bulk_create(
            Subject(activity=activity, text="x", initiative=mine[n % len(mine)], **own) for n in range(count)
        )
        Decision.objects.bulk_create(
            Decision(
                subject=s, initiative=s.initiative, onwards=approaches[n % len(approaches)] if n % 2 else "",
                what="" if n % 2 else "Noget", stated=10 * (n % 11), settled_at=timezone.now(), **own,
            )
            for n, s in enumerate(subjects)
        )  # fmt: skip
        Answer.objects.bulk_create(
            (
                Answer(
                    activity=activity, subject=subjects[n % count], writer=f"{n}",
                    values={value: str(1 + (n + place) % 5) for place, value in enumerate(said)}, **own,
                )
                for n in range(int(len(mine) * SHARES["answers"]))
            ),
            batch_size=5000,
        )  # fmt: skip


def _practice(own: dict, initiatives: list, units: list) -> None:
    from implere.practice.models import Asking, Hours, Indicator, Need, Translation, Wish

    today = timezone.localdate().replace(day=1)
    year_ago = today - timedelta(days=360)
    now = timezone.now()
    Hours.objects.bulk_create(Hours(unit=unit, starts_on=year_ago, hours=100, **own) for unit in units)
    Indicator.objects.bulk_create(
        Indicator(initiative=i, title="Fravær", direction="down", **own) for i in initiatives[::4]
    )
    pairs = [(initiative, units[n % len(units)]) for n, initiative in enumerate(initiatives)]
    Need.objects.bulk_create(
        Need(initiative=i, unit=u, starts_on=today, ends_on=today + timedelta(days=100), hours=20, **own)
        for i, u in pairs
    )
    Asking.objects.bulk_create(
        Asking(initiative=i, unit=u, secret_hash=f"{i.pk}", expires_at=now, **own) for i, u in pairs
    )
    Translation.objects.bulk_create(
        Translation(initiative=i, unit=u, monday="Tavlemøde", written_at=now, **own) for i, u in pairs[::2]
    )
    Wish.objects.bulk_create(
        Wish(initiative=i, unit=u, text="Tid", wished_at=now, **own) for i, u in pairs[::3]
    )


def outcomes(organisation):
    """What a room that reviews would tell: every second choice came true."""
    from implere import rooms
    from implere.decisions.models import Decision

    keys = Decision.objects.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True)
    return [rooms.Outcome(pk, n % 2 == 0) for n, pk in enumerate(keys.iterator(chunk_size=5000))]


def _page(initiatives: int) -> tuple[float, int]:
    """(seconds of the server's time, queries) of the page."""
    from implere import rooms

    organisation, client = organisation_of(initiatives)
    address = f"/organisations/{organisation.pk}/traces/"
    kept, rooms.forecast_outcomes[:] = list(rooms.forecast_outcomes), [outcomes]
    try:
        client.get(address)
        began = time.perf_counter()
        assert client.get(address).status_code == 200
        seconds = time.perf_counter() - began
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
    finally:
        rooms.forecast_outcomes[:] = kept
    return seconds, len(captured)


def _scan() -> float:
    """Seconds of one plain scan of the same tables."""
    file = settings.DATABASES["default"]["NAME"]
    with closing(sqlite3.connect(file)) as plain:
        began = time.perf_counter()
        for table in TABLES:
            plain.execute(f'SELECT * FROM "{table}"').fetchall()
        return time.perf_counter() - began


def insight_page() -> dict:
    """The page at both sizes by turns with the scan. The ratio is for the whole of ten years."""
    few = _page(INITIATIVES // FEWER)[1]
    seconds, many = _page(INITIATIVES)
    scan = _scan()
    return {"queries": many, "growth": many - few, "seconds": seconds, "scan": scan, "ratio": seconds / scan}


def indicator_import() -> dict:
    """Points a second: read from cells, kept in the database, in rounds of as many as a file may hold."""
    from implere.initiatives.models import Initiative
    from implere.practice import reading
    from implere.practice.commands import effects

    organisation, _client = organisation_of(INITIATIVES // FEWER)
    initiative = Initiative.objects.filter(organisation=organisation).first()
    made = effects.save_indicator(initiative, None, title="Tal", direction="down")
    first = date(2010, 1, 1)
    cells = "\n".join(f"{first + timedelta(days=n)};{n % 97},{n % 10}" for n in range(POINTS)).encode()
    began = time.perf_counter()
    counts = effects.keep_numbers(made, reading.read(cells, "tal.csv"))
    seconds = time.perf_counter() - began
    assert counts["new"] == POINTS, counts
    return {"points_per_second": POINTS / seconds}
