"""3. How well we know ourselves: stated probabilities against what happened. About choices, never about persons."""

from dataclasses import dataclass
from functools import partial
from statistics import fmean

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.insight.gather import Choice, Facts
from implere.insight.traces.trace import Evidence, Group, Trace
from implere.rules import calibration

SIZE, LEFT, TOP = 300, 44, 16  # of the picture's field, and the room beside and above it
LEAST_R, MOST_R = 5, 12
STEPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Dot:
    """What was said the same: where it lies, how large, its interval's ends, and its counts."""

    x: float
    y: float
    r: float
    upper: float
    lower: float
    said: int
    happened: int
    n: int


@dataclass(frozen=True)
class Picture:
    """The calibration picture, or only the cases where there are too few. `parts`: Brier's, in words and numbers."""

    says: str
    dots: tuple[Dot, ...]
    rows: tuple[tuple[int, int, int], ...]  # (said, happened, n), also of groups too small to draw
    parts: tuple[tuple[str, str], ...]
    steps: tuple[tuple[int, float, float], ...]  # (per cent, x, y)
    size: int = SIZE
    left: int = LEFT
    top: int = TOP


def trace(facts: Facts) -> Trace:
    known = [c for c in facts.choices if c.forecast is not None and c.happened is not None]
    unsaid = [c for c in facts.choices if c.forecast is not None and c.reviewed and c.happened is None]
    said = [c.forecast for c in known]
    happened = [bool(c.happened) for c in known]
    says = calibration.may_say(len(known))
    return Trace(
        code="ourselves",
        number=3,
        asks=_("How well do we know ourselves?"),
        headline=_headline(known, says),
        sentences=tuple(_sentences(facts, known, unsaid, says)),
        rule=_("What you said is the median of the private answers. What happened is judged yes or no on the review date, against the effect that was written beforehand. Below ten reviewed choices only the cases are shown; from ten the mean against the share; from twenty a curve, with points of at least five choices. The limits are our choice."),
        source=_("Brier 1950, in Murphy's parts 1973; intervals by Wilson 1927."),
        not_said=_("It does not say why, and it is about choices, never about persons. With this few choices chance weighs much: look at the intervals."),
        question=_("What did we not know then, that we could have known?"),
        evidence=partial(_groups, known, unsaid),
        picture="insight/calibration.html" if known else "",
        drawn=_picture(said, happened, says),
        enough=bool(known),
    )  # fmt: skip


def _headline(known: list[Choice], says: str) -> str:
    came = sum(bool(c.happened) for c in known)
    facts = {"n": came, "all": len(known)}
    if not known:
        return _("No forecast has been reviewed yet")
    if says == "cases":
        return _("%(n)d of %(all)d reviewed choices came true: too few to judge by") % facts
    facts["said"] = round(100 * fmean(c.forecast for c in known))
    return _("You said %(said)d %% on average. It happened %(n)d of %(all)d times.") % facts


def _sentences(facts: Facts, known: list[Choice], unsaid: list[Choice], says: str):
    if says != "cases":
        came = sum(bool(c.happened) for c in known)
        lower, upper = calibration.wilson(came, len(known))
        yield _("With so few choices the share could as well be anything from %(a)d to %(b)d %%.") % {
            "a": round(100 * lower), "b": round(100 * upper),
        }  # fmt: skip
    elif known:
        more = calibration.FEWEST_FOR_A_SHARE - len(known)
        yield ngettext("%(n)d more review, and a first figure can be shown.", "%(n)d more reviews, and a first figure can be shown.", more) % {"n": more}  # fmt: skip
    waiting = sum(1 for c in facts.choices if c.forecast is not None and not c.reviewed)
    if waiting:
        yield ngettext(
            "%(n)d forecast waits for its review.", "%(n)d forecasts wait for their review.", waiting
        ) % {"n": waiting}
    if unsaid:
        yield ngettext(
            "%(n)d reviewed choice could not be answered yes or no, and stands apart.",
            "%(n)d reviewed choices could not be answered yes or no, and stand apart.",
            len(unsaid),
        ) % {"n": len(unsaid)}


def _picture(said: list[float], happened: list[bool], says: str) -> Picture:
    points = calibration.curve(said, happened) if says == "curve" else []
    largest = max((point.n for point in points), default=1)
    dots = tuple(_dot(point, largest) for point in points if point.enough)
    rows = tuple((round(100 * p.forecast), round(p.share * p.n), p.n) for p in reversed(points))
    return Picture(
        says, dots, rows, _parts(said, happened, says), tuple((s, _x(s / 100), _y(s / 100)) for s in STEPS)
    )


def _dot(point: calibration.Point, largest: int) -> Dot:
    lower, upper = point.interval
    return Dot(
        _x(point.forecast), _y(point.share), round(LEAST_R + (MOST_R - LEAST_R) * (point.n / largest) ** 0.5, 1),
        _y(upper), _y(lower), round(100 * point.forecast), round(point.share * point.n), point.n,
    )  # fmt: skip


def _x(share: float) -> float:
    return round(LEFT + 1.6 * SIZE * share, 1)


def _y(share: float) -> float:
    return round(TOP + SIZE * (1 - share), 1)


def _parts(said, happened, says: str) -> tuple[tuple[str, str], ...]:
    if says == "cases":
        return ()
    found = calibration.murphy(said, happened)

    def number(value):
        return "–" if value is None else formats.number_format(round(value, 2), 2)

    return (
        (_("Brier score: 0 is perfect, 0.25 is always saying fifty-fifty"), number(found.brier)),
        (_("Reliability: how far what was said lies from what happened (less is better)"), number(found.reliability)),
        (_("Resolution: how well you told the likely from the unlikely (more is better)"), number(found.resolution)),
        (_("Uncertainty: how even the outcomes were"), number(found.uncertainty)),
        (_("Above 0: more was expected than happened"), number(found.bias)),
        (_("Skill against always saying the mean: 1 perfect, 0 no better"), number(found.skill)),
    )  # fmt: skip


def _groups(known: list[Choice], unsaid: list[Choice]) -> tuple[Group, ...]:
    by_said: dict[int, list[Choice]] = {}
    for choice in known:
        by_said.setdefault(round(100 * choice.forecast), []).append(choice)
    groups = [
        Group(
            _("When you said %(said)d %%, it happened %(n)d of %(all)d times")
            % {"said": said, "n": sum(bool(c.happened) for c in rows), "all": len(rows)},
            tuple(_evidence(c) for c in rows),
        )
        for said, rows in sorted(by_said.items(), reverse=True)
    ]
    if unsaid:
        groups.append(Group(_("Could not be answered yes or no"), tuple(_evidence(c) for c in unsaid)))
    return tuple(groups)


def _evidence(choice: Choice) -> Evidence:
    words = {True: _("it happened"), False: _("it did not happen"), None: _("could not be said")}
    about = f"{formats.date_format(choice.settled_at, 'DATE_FORMAT')} · {words[choice.happened]}"
    url = reverse("insight:initiative", args=[choice.initiative]) if choice.initiative else ""
    return Evidence(choice.words, about, url)
