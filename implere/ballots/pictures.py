"""The pictures of a ballot as plain numbers that a template draws; the finding in words, with its counts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.ballots.queries import SubjectTally
from implere.rules.flow import Flow, flow

WIDTH, HEIGHT, LEFT, RIGHT, BAR = 1000, 460, 330, 670, 18


@dataclass(frozen=True)
class Bar:
    slot: int
    label: str
    count: int
    x: int
    y: float
    height: float
    text_x: int
    anchor: str

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Sankey:
    bars: tuple[Bar, ...]
    bands: tuple[tuple[int, str], ...]  # (slot, path)


def sankey(tally: SubjectTally) -> Sankey | None:
    """The flow from today to onwards; None below eight answers, where two bars are drawn instead."""
    if not tally.today or not tally.onwards:
        return None
    options = _options(tally)
    drawn = flow(list(tally.pairs), list(options))
    return _shapes(drawn, options) if drawn else None


def _options(tally: SubjectTally) -> dict:
    said = {id for pair in tally.pairs for id in pair}
    everything = {o.id: o for t in (tally.today, tally.onwards) for o in t.value.options}
    return {id: o for id, o in everything.items() if not o.aside or id in said}


def _shapes(drawn: Flow, options: dict) -> Sankey:
    bars = []
    for nodes, x, text_x, anchor in (
        (drawn.left, LEFT, LEFT - 14, "end"),
        (drawn.right, RIGHT, RIGHT + BAR + 14, "start"),
    ):
        for node in nodes:
            option = options[node.id]
            height = max(node.height * HEIGHT, 4)
            bars.append(
                Bar(
                    option.slot,
                    option.label,
                    node.count,
                    x,
                    round(node.top * HEIGHT, 1),
                    round(height, 1),
                    text_x,
                    anchor,
                )
            )
    return Sankey(tuple(bars), tuple((options[b.source].slot, _path(b)) for b in drawn.bands))


def _path(band) -> str:
    x1, x2, bend = LEFT + BAR, RIGHT, (LEFT + BAR + RIGHT) // 2
    y1, y2 = band.from_top * HEIGHT, band.to_top * HEIGHT
    d1, d2 = y1 + band.height * HEIGHT, y2 + band.height * HEIGHT
    return f"M{x1} {y1:.1f}C{bend} {y1:.1f} {bend} {y2:.1f} {x2} {y2:.1f}V{d2:.1f}C{bend} {d2:.1f} {bend} {d1:.1f} {x1} {d1:.1f}Z"


def headline(tally: SubjectTally) -> str:
    """What the picture of a placement shows, in one sentence."""
    today, onwards = bool(tally.today and tally.today.agreed), bool(tally.onwards and tally.onwards.agreed)
    if today and onwards:
        if tally.today.agreed.id == tally.onwards.agreed.id:
            return _("You agree, and go on as today")
        return _("You agree on a new way")
    if onwards:
        return _("You see today differently, but agree on what comes")
    if today:
        return _("You agree on today, but not on what comes")
    return _("You see it differently, today and from now on")


def sentences(tally: SubjectTally) -> list[str]:
    """The counts behind the headline, largest first: today, then from now on."""
    found = []
    for each, words in ((tally.today, _("today")), (tally.onwards, _("from now on"))):
        if each and each.n:
            largest = sorted((c for c in each.counts if c[1]), key=lambda c: -c[1])[:2]
            said = _(" and ").join(
                ngettext("%(n)d says %(name)s", "%(n)d say %(name)s", n) % {"n": n, "name": option.label}
                for option, n in largest
            )
            found.append(
                _("Of %(all)d, %(said)s for %(when)s.") % {"all": each.n, "said": said, "when": words}
            )
    return found


def pairs_sentence(tally: SubjectTally) -> str:
    """How often two answers taken at random are alike."""
    shares = [t.pairs for t in (tally.today, tally.onwards) if t]
    if len(shares) != 2 or None in shares:
        return ""
    return _(
        "Two answers at random are alike in %(today)d %% of the pairs for today, %(onwards)d %% for what comes."
    ) % {
        "today": round(100 * shares[0]),
        "onwards": round(100 * shares[1]),
    }
