"""The pages issue the same number of queries for few as for many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import insight
from implere.initiatives.models import Initiative
from implere.organisation.models import Unit
from implere.practice.commands import capacity, effects, meaning
from implere.practice.models import Point

pytestmark = pytest.mark.django_db


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def test_the_five_traces(monkeypatch):
    from implere import rooms

    monkeypatch.setattr(rooms, "forecast_outcomes", [insight.outcomes])
    counts = []
    for size in (20, 200):
        organisation, client = insight._make(size)
        counts.append(queries(client, f"/organisations/{organisation.pk}/traces/"))
        for code in ("strengthen", "simpler", "ourselves", "hours", "meaning"):
            assert queries(client, f"/organisations/{organisation.pk}/traces/{code}/") <= counts[-1]
    assert counts[0] == counts[1]


def filled(initiative, units, rows: int, settle) -> None:
    today = timezone.localdate()
    for n in range(rows):
        made = effects.save_indicator(initiative, None, title=f"Tal {n}", direction="down")
        own = {"organisation_id": initiative.organisation_id, "indicator": made}
        Point.objects.bulk_create(
            Point(on=today - timedelta(days=30 * m), value=m % 5, **own) for m in range(rows)
        )
        effects.add_mark(initiative, on=today - timedelta(days=n), text="Kursus")
        settle(initiative, "do_it", stated=50, what="")
        settle(initiative, what="Tavlemøde", owner="Leder")
    for unit in units[:rows]:
        capacity.save_need(initiative, None, unit=unit, starts_on=today, ends_on=today, hours=4)
        capacity.ask_for_knowledge(initiative, unit, "Marte meo")
        meaning.ask(initiative, unit)
        meaning.translate(initiative, unit, monday="x", wish="y")
        meaning.reply(unit.wishes.get(initiative=initiative), "ja")


def test_an_initiatives_pages(desk, municipality, cycle, settle):
    top = Unit.objects.create(organisation=municipality, name="Direktion")
    units = [Unit.objects.create(organisation=municipality, name=f"E{n}", parent=top) for n in range(20)]
    counts: dict[str, list[int]] = {}
    for rows in (2, 20):
        one = Initiative.objects.create(organisation=municipality, cycle=cycle, title=f"Tiltag {rows}")
        filled(one, units, rows, settle)
        for page in ("", "indicators/", "capacity/", "meaning/", "advisor/", f"meaning/units/{units[0].pk}/"):
            counts.setdefault(page.split("/")[0], []).append(queries(desk, f"/initiatives/{one.pk}/{page}"))
    assert all(len(set(each)) <= 2 for each in counts.values())
    assert {
        page: each for page, each in counts.items() if each[: len(each) // 2] != each[len(each) // 2 :]
    } == {}
