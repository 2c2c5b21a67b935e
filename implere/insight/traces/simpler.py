"""2. Where there may be a simpler way: an initiative approached more closely than the group's own answers and history call for."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.insight import advising
from implere.insight.gather import Facts
from implere.insight.traces.strengthen import page_of
from implere.insight.traces.trace import Evidence, Group, Trace
from implere.method import reader


def trace(facts: Facts) -> Trace:
    found = advising.simpler(facts)
    known = advising.advised(facts)
    return Trace(
        code="simpler",
        number=2,
        asks=_("Is there a simpler way?"),
        headline=_headline(found, known),
        sentences=tuple(_sentences(facts, found, known)),
        rule=_("The advisor adds up points for what you have answered about each initiative. A simpler way is shown only where an approach that takes less effort scores at least two points more than the one you use. From least to most effort: %(order)s.") % {"order": _order()},
        source=_("The advisor's table, which you can read and change; its weights are our own."),
        not_said=_("It does not know the people. A close approach may be right for reasons that nobody has answered about."),
        question=_("What would have to be true for us to dare the simpler way here?"),
        evidence=partial(_groups, found),
        picture="insight/simpler.html" if found else "",
        drawn=found,
        enough=known > 0,
    )  # fmt: skip


def _order() -> str:
    method = reader.load()
    return ", ".join(str(method.approach(id).name).rstrip("!") for id in method.advisor.efforts)


def _headline(found, known: int) -> str:
    if not known:
        return _("Too little has been answered about the initiatives to see a simpler way")
    if not found:
        return _("No simpler way shows in what you have answered")
    return ngettext(
        "%(n)d initiative can perhaps be approached more simply",
        "%(n)d initiatives can perhaps be approached more simply",
        len(found),
    ) % {"n": len(found)}


def _sentences(facts: Facts, found, known: int):
    yield ngettext(
        "You have answered enough about %(n)d of %(all)d initiatives.",
        "You have answered enough about %(n)d of %(all)d initiatives.",
        known,
    ) % {"n": known, "all": len(facts.going_on)}
    for each in {each.perhaps.id: each for each in found}.values():
        if each.tried:
            yield _("Earlier it came true %(n)d of %(all)d times with “%(name)s”.") % {
                "n": each.happened, "all": each.tried, "name": str(each.perhaps.name),
            }  # fmt: skip


def _groups(found) -> tuple[Group, ...]:
    return (Group(_("Perhaps simpler"), tuple(_evidence(each) for each in found)),) if found else ()


def _evidence(each) -> Evidence:
    words = _("“%(now)s” sums to %(a)d, “%(perhaps)s” to %(b)d") % {
        "now": str(each.now.name), "a": each.sums[0], "perhaps": str(each.perhaps.name), "b": each.sums[1],
    }  # fmt: skip
    return Evidence(each.initiative.title, words, page_of(each.initiative), each.perhaps)
