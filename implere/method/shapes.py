"""What the method's data becomes when it is read: approaches, questions, kinds of activity, templates, the advisor's table."""

from dataclasses import dataclass, field

from django.utils.translation import get_language


@dataclass(frozen=True)
class Text:
    """The same words in Danish and English."""

    da: str = ""
    en: str = ""

    def in_language(self, code: str) -> str:
        return self.en if code.startswith("en") else self.da

    def __str__(self):
        return self.in_language(get_language() or "da")


@dataclass(frozen=True)
class Approach:
    """One of the approaches. `colour` is its slot among the look's colours, `sign` its icon."""

    id: str
    sign: str
    colour: int
    name: Text
    one_line: Text
    fits: Text
    fits_not: Text
    costs: Text
    leadership: Text


@dataclass(frozen=True)
class Entry:
    """A question, a phase, an outcome, a realisation or an option: an id and its words."""

    id: str
    text: Text
    asks_for_initiative: bool = False


@dataclass(frozen=True)
class Scale:
    """Options from low to high, or alike; `values` are the ids in order."""

    id: str
    options: tuple[Entry, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of activity: its words, and `config`, the plain settings of its mechanism."""

    id: str
    mechanism: str
    step: int
    minutes: int
    anonymous: bool
    title: Text
    question: Text
    hint: Text
    say: Text
    config: dict


@dataclass(frozen=True)
class Item:
    """A line of a template's agenda."""

    kind: str
    minutes: int


@dataclass(frozen=True)
class Template:
    """An agenda that ships; `duration` is the minutes that there are."""

    id: str
    title: Text
    duration: int
    audience: str
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True)
class Level:
    """A level of the leadership chain, as a label and as those who are on it."""

    id: str
    text: Text
    they: Text


@dataclass(frozen=True)
class Size:
    """A rough size of what an initiative asks of a unit; `hours` a month until an organisation says otherwise."""

    id: str
    hours: int
    text: Text


@dataclass(frozen=True)
class Characteristic:
    """Something about an initiative that speaks for or against an approach. `weights`: level -> approach -> points."""

    id: str
    text: Text
    ground: Text
    weights: dict


@dataclass(frozen=True)
class Advisor:
    """The advisor's table. `efforts`: the approaches from least to most effort; `notes`: id -> (characteristic -> level, words)."""

    ours: Text
    efforts: tuple[str, ...]
    characteristics: tuple[Characteristic, ...]
    notes: dict[str, tuple[dict, Text]]

    @property
    def weights(self) -> dict:
        return {each.id: each.weights for each in self.characteristics}


@dataclass(frozen=True)
class Trait:
    """What makes two choices alike, and how much it weighs."""

    id: str
    weight: float
    text: Text


@dataclass(frozen=True)
class Method:
    approaches: tuple[Approach, ...]
    ours: Text
    questions: tuple[Entry, ...]
    phases: tuple[Entry, ...]
    outcomes: tuple[Entry, ...]
    realisations: tuple[Entry, ...]
    scales: dict[str, Scale]
    activities: dict[str, Kind]
    templates: dict[str, Template]
    levels: tuple[Level, ...]
    sizes: tuple[Size, ...]
    traits: tuple[Trait, ...]
    advisor: Advisor
    _by_id: dict = field(default_factory=dict, compare=False)

    def activity(self, kind: str) -> Kind:
        return self.activities[kind]

    def approach(self, id: str) -> Approach | None:
        """The approach with this id, or None."""
        return next((a for a in self.approaches if a.id == id), None)
