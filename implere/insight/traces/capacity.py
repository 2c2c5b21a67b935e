"""4. Where capacity is short: what is asked against what units have, month by month; knowledge that is missing."""

from collections import defaultdict
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.insight.gather import Facts
from implere.insight.traces.trace import Evidence, Group, Trace
from implere.practice import pressure
from implere.practice.queries.capacity import HeatMap, heat_map

MONTHS, UNITS = 6, 6  # of the small picture


def trace(facts: Facts) -> Trace:
    cells = facts.plan.cells()
    found = pressure.of(facts.plan, cells)
    short = [lack for lack in facts.lacks if lack.is_short]
    return Trace(
        code="hours",
        number=4,
        asks=_("Where is there too little capacity?"),
        headline=found.headline,
        sentences=tuple(_sentences(found, short)),
        rule=_("Hours asked of hours had, for each unit and month: from 80 per cent it is tight, above 100 it is more than there is. What nobody has said is unknown, not nought. The limits are our choice."),
        source=_("What you have said of each initiative's need and each unit's hours. Rough sizes are turned into hours by your own meaning of them."),
        not_said=_("Hours are guesses, and the picture knows nothing of daily work. It says nothing about how hard anybody works."),
        question=_("What do we let wait, and who tells those it concerns?"),
        evidence=partial(_groups, facts, found, short),
        picture="insight/heat.html" if cells else "",
        drawn=_small(facts),
        enough=found.code != "unknown",
    )  # fmt: skip


def _sentences(found, short):
    yield from found.sentences
    if short:
        yield ngettext(
            "Knowledge is missing in %(n)d place.", "Knowledge is missing in %(n)d places.", len(short)
        ) % {"n": len(short)}


def _small(facts: Facts) -> HeatMap:
    """The six months and the six units that are pressed the most, in the tree's order."""
    whole = heat_map(facts.plan)
    pressed = sorted(
        whole.rows, key=lambda row: -sum((box.cell.need if box.cell else 0) for box in row.boxes)
    )
    kept = {row.name for row in pressed[:UNITS]}
    rows = tuple(type(row)(row.name, row.boxes[:MONTHS]) for row in whole.rows if row.name in kept)
    return HeatMap(whole.months[:MONTHS], rows)


def _groups(facts: Facts, found, short) -> tuple[Group, ...]:
    page = reverse("practice:picture", args=[facts.organisation.pk])
    asking = defaultdict(set)
    for need in facts.plan.needs:
        asking[need.unit, need.month].add(facts.plan.titles[need.initiative])
    over = tuple(
        Evidence(
            facts.plan.units[cell.unit],
            _("%(month)s: %(need)d hours asked, %(have)d hours had, by %(titles)s")
            % {
                "month": pressure.month(cell.month), "need": round(cell.need), "have": round(cell.have or 0),
                "titles": ", ".join(sorted(asking[cell.unit, cell.month])),
            },
            page,
        )
        for cell in found.over
    )  # fmt: skip
    knowledge = tuple(
        Evidence(
            str(lack.asked.knowledge),
            f"{lack.asked.unit} · {lack.asked.initiative} · {lack.words}",
            reverse("insight:initiative", args=[lack.asked.initiative_id]),
        )
        for lack in short
    )
    titles = ((_("More than there is"), over), (_("Missing knowledge"), knowledge))
    return tuple(Group(title, rows) for title, rows in titles if rows)
