"""The advisor: which approaches an initiative's characteristics speak for and against, with the organisation's own history beside
it. It explains; people choose."""

from collections import Counter
from dataclasses import dataclass

from implere.insight.gather import Choice, Facts, InitiativeFacts
from implere.method import reader
from implere.method.reader import Approach
from implere.rules import advisor

FEW_CASES = 3  # below that a share of the own history says nothing; our choice


@dataclass(frozen=True)
class Said:
    """A reason in words: the characteristic, whether it is low or high, and its points."""

    words: str
    is_high: bool
    points: int


@dataclass(frozen=True)
class Option:
    """An approach: what it sums to, the reasons for and against, and what was seen with it here."""

    approach: Approach
    points: int
    is_shown: bool
    reasons_for: tuple[Said, ...]
    against: tuple[Said, ...]
    tried: int
    happened: int

    @property
    def few(self) -> bool:
        return self.tried < FEW_CASES


@dataclass(frozen=True)
class Advice:
    """`options`, best first, [] where too little is known. `answered` of `fewest`; `split`: what the group sees differently."""

    options: tuple[Option, ...]
    answered: int
    fewest: int
    split: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def shown(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.is_shown)


def history(choices: list[Choice]) -> tuple[Counter, Counter]:
    """(reviewed choices, those where it happened) by approach."""
    seen = [choice for choice in choices if choice.happened is not None and choice.approach]
    return Counter(c.approach for c in seen), Counter(c.approach for c in seen if c.happened)


def advise(about: InitiativeFacts, weights: dict, choices: list[Choice]) -> Advice:
    table = reader.load().advisor
    found = advisor.advise(about.medians, weights)
    words = {each.id: str(each.text) for each in table.characteristics}
    tried, happened = history(choices)
    options = []
    for approach in reader.load().approaches if found.sums else ():
        said = [
            Said(words[r.characteristic], r.level == "high", r.points)
            for r in found.reasons
            if r.approach == approach.id
        ]
        options.append(
            Option(
                approach,
                found.sums.get(approach.id, 0),
                approach.id in found.shown,
                tuple(s for s in said if s.points > 0),
                tuple(s for s in said if s.points < 0),
                tried[approach.id],
                happened[approach.id],
            )
        )
    options.sort(key=lambda option: -option.points)
    codes = advisor.noted(about.medians, {code: when for code, (when, _text) in table.notes.items()})
    return Advice(
        tuple(options),
        answered=len(about.medians),
        fewest=advisor.FEWEST,
        split=tuple(words[code] for code in words if code in about.split),
        notes=tuple(str(table.notes[code][1]) for code in codes),
    )


@dataclass(frozen=True)
class Simpler:
    """An initiative that might be approached with less effort: how it is, how it might be, the sums, own cases."""

    initiative: InitiativeFacts
    now: Approach
    perhaps: Approach
    sums: tuple[int, int]
    tried: int
    happened: int


def simpler(facts: Facts) -> list[Simpler]:
    """The initiatives that go on whose characteristics call for less effort than they get."""
    method, found = reader.load(), []
    tried, happened = history(facts.choices)
    for about in facts.going_on:
        if about.approach not in method.advisor.efforts:
            continue
        sums = advisor.advise(about.medians, facts.weights).sums
        easier = advisor.simpler(sums, about.approach, list(method.advisor.efforts))
        if easier:
            best = max(easier, key=sums.get)
            found.append(
                Simpler(
                    about, method.approach(about.approach), method.approach(best),
                    (sums[about.approach], sums[best]), tried[best], happened[best],
                )
            )  # fmt: skip
    return found


def advised(facts: Facts) -> int:
    """How many of those that go on are known well enough to be advised about."""
    return sum(1 for about in facts.going_on if len(about.medians) >= advisor.FEWEST and about.approach)
