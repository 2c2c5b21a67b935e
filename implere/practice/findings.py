"""What an indicator says, in words: whether anything changed, as ready to say no, and what it does not say."""

from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.practice.models import Indicator
from implere.rules.comparison import difference_in_differences
from implere.rules.run_charts import FEWEST, RunChart

FEWEST_COMPARED = 3  # numbers before and after, in both series; our choice


@dataclass(frozen=True)
class Finding:
    """`code`: few, steady, odd (steady but for single numbers), better, worse or moved; the rest is for the reader. `rule` is
    how it was found, `compared` the difference to the comparison with its caution."""

    code: str
    headline: str
    sentences: tuple[str, ...]
    rule: str
    compared: str = ""
    caution: str = ""


def of(
    one: Indicator, run: RunChart, days: list[date], own: list, other: list, before: int | None, outside: list
) -> Finding:
    """The finding for our own series; `before`: how many first points the median is kept from, `outside`: the days of numbers
    beyond the limits."""
    compared, caution = _compared(one, days, own, other)
    if run.signal is None:
        words = _("It takes %(n)d numbers off the median before chance can be told from change.")
        return Finding("few", _few(run), (words % {"n": FEWEST},), "", compared, caution)
    code = _moved(one, run, own, before) if run.signal else "odd" if outside else "steady"
    if caution and not run.signal:
        caution = _("Our own line shows no lasting change, so the difference may be chance.") + " " + caution
    sentences = tuple(_sentences(one, code, run, own))
    return Finding(code, HEADLINES[code](outside), sentences, _rule(run, before), compared, caution)


def _few(run: RunChart) -> str:
    if run.median is None:
        return _("No numbers yet")
    return ngettext(
        "Too few to judge: %(n)d useful number", "Too few to judge: %(n)d useful numbers", run.n_useful
    ) % {"n": run.n_useful}


HEADLINES = {
    "steady": lambda outside: _("No sign of change"),
    "odd": lambda outside: (
        ngettext(
            "No lasting change, but one number stands out: %(when)s",
            "No lasting change, but %(n)d numbers stand out: %(when)s",
            len(outside),
        )
        % {
            "n": len(outside),
            "when": ", ".join(formats.date_format(day, "DATE_FORMAT") for day in outside[:3]),
        }
    ),
    "better": lambda outside: _("Something has changed, the way you want"),
    "worse": lambda outside: _("Something has changed, and not the way you want"),
    "moved": lambda outside: _("Something has changed, but not clearly up or down"),
}


def _moved(one: Indicator, run: RunChart, own: list, before: int | None) -> str:
    """Which way: what came after against the kept median, else the last half against the first."""
    values = [value for value in own if value is not None]
    if before:
        then, now = run.median, median([v for v in own[before:] if v is not None] or values)
    else:
        half = len(values) // 2
        then, now = median(values[:half]), median(values[half:])
    if then == now:
        return "moved"
    return "better" if (now > then) == (one.direction == Indicator.Direction.UP) else "worse"


def _sentences(one: Indicator, code: str, run: RunChart, own: list):
    if code == "steady":
        yield _("The numbers vary as chance alone would make them.")
    elif code == "odd":
        yield _("Apart from that the numbers vary as chance alone would make them.")
    else:
        yield _("The numbers move more than chance explains. The picture can't say why.")
    values = [value for value in own if value is not None]
    if one.target is not None and values:
        reached = values[-1] >= one.target if one.direction == Indicator.Direction.UP else values[-1] <= one.target  # fmt: skip
        words = _("The latest number, %(now)s, has reached the target of %(target)s.") if reached else _("The latest number is %(now)s; the target is %(target)s.")  # fmt: skip
        yield words % {"now": said(values[-1]), "target": said(float(one.target))}


def _rule(run: RunChart, before: int | None) -> str:
    kept = _("The line is the median of the %(n)d numbers before the change.") % {"n": before} if before else _("The line is the median of all the numbers.")  # fmt: skip
    counted = _(
        "Of %(n)d useful numbers the longest run on one side is %(run)d (chance: %(most)d at most), and the line is crossed %(crossings)d times (chance: %(fewest)d at least)."
    ) % {
        "n": run.n_useful, "run": run.longest_run, "most": run.longest_run_max, "crossings": run.crossings,
        "fewest": run.crossings_min,
    }  # fmt: skip
    return f"{kept} {counted}"


def _compared(one: Indicator, days: list[date], own: list, other: list) -> tuple[str, str]:
    """(the difference to the comparison in words, its caution); "" where there is nothing to compare."""
    if not one.changed_on or not any(value is not None for value in other):
        return "", ""
    parts = [
        [v for day, v in zip(days, series, strict=True) if v is not None and (day < one.changed_on) == early]
        for series in (own, other)
        for early in (True, False)
    ]
    if min(map(len, parts)) < FEWEST_COMPARED:
        return _("There are too few numbers before or after the change to compare with others yet."), ""
    then, now, theirs_then, theirs_now = (fmean(part) for part in parts)
    more = difference_in_differences(then, now, theirs_then, theirs_now)
    name = one.compared_with or _("the comparison")
    words = _("We went from %(then)s to %(now)s on average, %(name)s from %(theirs_then)s to %(theirs_now)s: %(verdict)s") % {
        "then": said(then), "now": said(now), "name": name, "theirs_then": said(theirs_then),
        "theirs_now": said(theirs_now), "verdict": _verdict(more, one),
    }  # fmt: skip
    return words, _(
        "This says whether we moved more than others, not because of what. It holds only if the two went alike before: look at the picture. Whoever lies worst often comes back by itself, and an average has you in it."
    )


def _verdict(more: float, one: Indicator) -> str:
    if abs(more) < 0.005:
        return _("no difference.")
    good = (more > 0) == (one.direction == Indicator.Direction.UP)
    words = _("%(n)s more than the comparison, the way you want.") if good else _("%(n)s from the comparison, not the way you want.")  # fmt: skip
    return words % {"n": said(abs(more))}


def said(value: float) -> str:
    """A number in the reader's language: no more decimals than it needs, two at most."""
    rounded = round(value, 2)
    decimals = next((n for n in (0, 1) if rounded == round(value, n)), 2)
    return formats.number_format(rounded, decimals, force_grouping=True)
