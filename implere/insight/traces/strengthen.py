"""1. Where implementation can be strengthened: open critical steps, no owner, no effect defined, one approach nearly always."""

from collections import Counter
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.insight.gather import Facts
from implere.insight.traces.trace import Bar, Evidence, Group, Trace
from implere.method import reader
from implere.rules.flow import one_sided


def page_of(initiative) -> str:
    return reverse("insight:initiative", args=[initiative.pk])


def trace(facts: Facts) -> Trace:
    rows = facts.going_on
    no_owner = [row for row in rows if not row.has_owner]
    no_effect = [row for row in rows if not row.has_effect]
    not_placed = [row for row in rows if not row.approach]
    steps = _open_steps(facts)
    sided = one_sided([row.approach for row in rows if row.approach])
    causes = [
        (_("No owner"), no_owner),
        (_("No effect said beforehand"), no_effect),
        (_("No approach settled"), not_placed),
    ]
    bars = [(title, len(found), "") for title, found in causes]
    bars += [(title, count, phase) for (title, phase), count in steps.items()]
    most = max((count for _title, count, _phase in bars), default=0)
    return Trace(
        code="strengthen",
        number=1,
        asks=_("Where can we strengthen our implementing?"),
        headline=_headline(rows, bars, steps, sided),
        sentences=tuple(_sentences(rows, no_owner, no_effect, sided)),
        rule=_("Counted among the initiatives that go on: the chosen ones, or all where none were chosen. A step counts as open when its phase is reached and it is not in place. One approach stands out where it holds six in ten of at least four placements; that limit is our choice."),
        source=_("The steps: Quality Implementation Framework, Meyers, Durlak & Wandersman 2012."),
        not_said=_("It does not say that anybody has done badly, nor that every initiative needs every step."),
        question=_("Which one thing, put in place now, would help most of these initiatives?"),
        evidence=partial(_groups, facts, rows, causes, sided),
        picture="insight/bars.html" if rows else "",
        drawn=[Bar(title, count, len(rows), count == most and count > 0, phase) for title, count, phase in bars if count],
        enough=bool(rows),
    )  # fmt: skip


def _groups(facts: Facts, rows, causes, sided) -> tuple[Group, ...]:
    missing = tuple(
        Group(title, tuple(Evidence(row.title, url=page_of(row)) for row in found))
        for title, found in causes
        if found
    )
    return missing + _step_group(facts) + _sided_group(rows, sided)


def _open_steps(facts: Facts) -> Counter:
    going_on = {row.pk for row in facts.going_on}
    return Counter((s.title, s.phase) for s in facts.open_steps if s.initiative_id in going_on)


def _headline(rows, bars, steps, sided) -> str:
    if not rows:
        return _("No initiatives go on right now")
    title, count, _phase = max(bars, key=lambda bar: bar[1])
    if not count and sided:
        return _one_way(sided, sum(1 for row in rows if row.approach))
    if not count:
        return _("Every initiative has an owner, an approach and an effect to look for")
    if title in {name for name, _phase in steps}:
        return _("“%(step)s” is open in %(n)d of %(all)d initiatives") % {
            "step": title, "n": count, "all": len(rows),
        }  # fmt: skip
    words = {
        _("No owner"): ngettext("%(n)d of %(all)d initiatives has no owner", "%(n)d of %(all)d initiatives have no owner", count),
        _("No effect said beforehand"): ngettext("%(n)d of %(all)d initiatives has no effect to look for", "%(n)d of %(all)d initiatives have no effect to look for", count),
        _("No approach settled"): ngettext("%(n)d of %(all)d initiatives has no approach that you have settled", "%(n)d of %(all)d initiatives have no approach that you have settled", count),
    }  # fmt: skip
    return words[title] % {"n": count, "all": len(rows)}


def _one_way(sided, placed: int) -> str:
    name = str(reader.load().approach(sided[0]).name)
    return _("%(n)d of %(all)d initiatives are approached by “%(name)s”") % {
        "n": sided[1], "all": placed, "name": name,
    }  # fmt: skip


def _sentences(rows, no_owner, no_effect, sided):
    if sided:
        placed = sum(1 for row in rows if row.approach)
        yield _one_way(sided, placed) + "."
    both = [row for row in no_owner if not row.has_effect]
    if both:
        yield ngettext(
            "%(n)d initiative lacks both an owner and an effect.",
            "%(n)d initiatives lack both an owner and an effect.",
            len(both),
        ) % {"n": len(both)}


def _step_group(facts: Facts) -> tuple[Group, ...]:
    rows = [
        Evidence(facts.initiatives[step.initiative_id].title, step.title, page_of(facts.initiatives[step.initiative_id]))
        for step in facts.open_steps
        if step.initiative_id in facts.initiatives and facts.initiatives[step.initiative_id].goes_on
    ]  # fmt: skip
    return (Group(_("Open steps"), tuple(rows)),) if rows else ()


def _sided_group(rows, sided) -> tuple[Group, ...]:
    if not sided:
        return ()
    approach = reader.load().approach(sided[0])
    found = tuple(Evidence(r.title, "", page_of(r), approach) for r in rows if r.approach == sided[0])
    return (Group(_("Approached alike"), found),)
