"""The example's practice: indicators with numbers, what the initiatives ask of the units, what units know, what it means down the chain,
and two leaders' meetings that were held: one in an earlier cycle, one before the one that is open now."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from implere.decisions.models import Decision
from implere.example.tables import rows
from implere.initiatives.models import Chosen, Cycle, Initiative
from implere.insight.commands import describe
from implere.meetings import commands as meetings
from implere.meetings.models import Meeting, Subject
from implere.organisation.models import Unit
from implere.practice import reading
from implere.practice.commands import capacity, effects, meaning
from implere.practice.models import Need
from implere.practice.queries.capacity import first_day, month_of
from implere.rules.relative_dates import months_later

FORECASTS_HALF_A_YEAR = 6


def add(cycle: Cycle, user) -> None:
    """All of it, seen from today."""
    titles = {row["id"]: row["title"] for row in rows("initiatives")}
    found = {i.title: i for i in cycle.initiatives.all()}
    known = {id: found[title] for id, title in titles.items()}
    units = {unit.name: unit for unit in Unit.objects.filter(organisation_id=cycle.organisation_id)}
    _indicators(known)
    _capacity(known, units)
    _meaning(known, units)
    for row in rows("described"):
        describe(known[row.pop("id")], row)
    earlier = _earlier_cycle(cycle)
    _held(
        earlier, _earlier_initiatives(earlier), user, "earlier", "Ledergruppen, første forløb", days_ago=330
    )
    _held(cycle, known, user, "present", "Ledergruppen, optakt", days_ago=9)


def month(offset: int) -> date:
    """The first of the month that many months from this one."""
    return first_day(month_of(timezone.localdate()) + offset)


def _indicators(known: dict) -> None:
    for row in rows("indicators"):
        share = row["kind"] == "share"
        made = effects.save_indicator(
            known[row["id"]],
            None,
            title=row["title"],
            kind=row["kind"],
            unit_of_measure=row["unit"],
            direction=row["direction"],
            target=reading.number_of(row["target"]),
            changed_on=month(int(row["changed"])) if row["changed"] else None,
            compared_with=row["compared"],
            source=row["source"],
        )
        own, other = row["own"].split(), row["other"].split()
        lines = [
            [month(n - len(own)), *(value.split("/") if share else [value]), *other[n : n + 1]]
            for n, value in enumerate(own)
        ]
        effects.keep_numbers(made, reading.read_rows(lines, share=share))
    effects.add_mark(known["A009"], on=month(-10), text="Lederne øver omsorgssamtalen to og to")
    effects.add_mark(known["A009"], on=month(-4), text="Fast tid til samtaler i kalenderen")
    effects.add_mark(known["A012"], on=month(-3), text="Demensvejleder med på aftenvagt")


def _capacity(known: dict, units: dict) -> None:
    for row in rows("hours"):
        capacity.set_hours(units[row["unit"]], starts_on=month(int(row["from"])), hours=int(row["hours"]))
    for row in rows("needs"):
        capacity.save_need(
            known[row["id"]],
            Need(organisation_id=known[row["id"]].organisation_id, initiative=known[row["id"]]),
            unit=units[row["unit"]],
            role=row["role"],
            starts_on=month(int(row["from"])),
            ends_on=month(int(row["to"])),
            size=row["size"],
            hours=int(row["hours"]) if row["hours"] else None,
        )
    for row in rows("knowledge"):
        unit = units[row["unit"]]
        asked = capacity.ask_for_knowledge(
            known[row["id"]], unit, row["knowledge"], help_from=row["help_from"]
        )
        if row["level"]:
            capacity.say_knowing(unit, asked.knowledge, row["level"])


def _meaning(known: dict, units: dict) -> None:
    for row in rows("translations"):
        initiative, unit = known[row["id"]], units[row["unit"]]
        meaning.ask(initiative, unit)
        if not row["monday"]:
            continue
        said = {name: row[name] for name in ("today", "monday", "stops", "wish")}
        meaning.translate(initiative, unit, **said)
        if row["reply"]:
            meaning.reply(unit.wishes.get(initiative=initiative), row["reply"])


def _earlier_cycle(cycle: Cycle) -> Cycle:
    return Cycle.objects.create(
        organisation_id=cycle.organisation_id,
        name=f"Fra strategi til hverdag {cycle.starts_on.year}",
        purpose="Vores første forløb: se det hele samlet, og vælg.",
        starts_on=months_later(cycle.starts_on, -12),
        ends_on=cycle.starts_on - timedelta(days=1),
    )


def _earlier_initiatives(cycle: Cycle) -> dict:
    found = {}
    for position, row in enumerate((r for r in rows("history") if r["cycle"] == "earlier"), start=1):
        made = Initiative.objects.create(
            organisation_id=cycle.organisation_id,
            cycle=cycle,
            title=row["title"],
            owner=row["owner"],
            status=Initiative.Status.RUNNING,
            seen_by=row["effect"],
            position=position,
        )
        Chosen.objects.create(organisation_id=cycle.organisation_id, initiative=made, position=position)
        found[row["id"]] = made
    return found


def _held(cycle: Cycle, known: dict, user, which: str, title: str, *, days_ago: int) -> Meeting:
    """A meeting that was held and closed then, with what it settled."""
    at = timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days_ago), time(9)))
    made = meetings.make_meeting(
        cycle, by=user, title=title, audience="leaders", template="whole_method_3h", planned_at=at
    )
    meetings.open_meeting(made)
    meetings.close_meeting(made)
    Meeting.objects.filter(pk=made.pk).update(opened_at=at, closed_at=at + timedelta(hours=3))
    placing, stepping = (_used(made, kind, at) for kind in ("placement", "next_step"))
    for position, row in enumerate((r for r in rows("history") if r["cycle"] == which), start=1):
        _placed(placing, known[row["id"]], position, row, user, at)
        if row["what"]:
            _agreed(stepping, known[row["id"]], position, row, user, at)
    return made


def _used(meeting: Meeting, kind: str, at):
    activity = meeting.activities.get(kind=kind)
    activity.opened_at, activity.closed_at = at, at + timedelta(minutes=30)
    activity.save(update_fields=["opened_at", "closed_at"])
    return activity


def _subject(activity, initiative, position: int, text: str) -> Subject:
    return Subject.objects.create(
        organisation_id=activity.organisation_id, activity=activity, initiative=initiative, text=text,
        position=position,
    )  # fmt: skip


def _placed(activity, initiative, position: int, row: dict, user, at) -> None:
    Decision.objects.create(
        organisation_id=activity.organisation_id,
        subject=_subject(activity, initiative, position, initiative.title),
        initiative=initiative,
        today=row["today"],
        onwards=row["onwards"],
        reasons=row["reasons"],
        stated=int(row["forecast"]),
        review_on=months_later(timezone.localdate(at), FORECASTS_HALF_A_YEAR),
        settled_at=at,
        settled_by=user,
    )


def _agreed(activity, initiative, position: int, row: dict, user, at) -> None:
    due = months_later(timezone.localdate(at), 2)
    Decision.objects.create(
        organisation_id=activity.organisation_id,
        subject=_subject(activity, initiative, position, row["what"]),
        initiative=initiative,
        what=row["what"],
        owner=row["owner"],
        due_raw="om to måneder",
        due_on=due,
        effect=row["effect"],
        seen_by=row["effect"],
        stated=int(row["probability"]),
        probability=int(row["probability"]),
        review_on=months_later(due, 3),
        settled_at=at,
        settled_by=user,
    )
