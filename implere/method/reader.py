"""Reads the method's data (`data/*.toml`) and checks it. A fifth approach, a sixth question, another kind of activity or another
template is a few lines of data and no Python.

`load()` gives a `Method`: `approaches`, `questions`, `phases`, `outcomes`, `realisations`, `scales` in their order, `activities` and
`templates` by id. Every text is a `Text` in Danish and English; `str(text)` is the reader's language.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"
FILES = ("approaches", "questions", "activities", "templates", "likeness", "practice", "advisor")


class MethodError(ValueError):
    """The data can't be used; the message names the file and the entry."""


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
class Trait:
    """What makes two choices alike, and how much it weighs."""

    id: str
    weight: float
    text: Text


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
class Method:
    approaches: tuple[Approach, ...]
    ours: Text
    questions: tuple[Entry, ...]
    phases: tuple[Entry, ...]
    outcomes: tuple[Entry, ...]
    realisations: tuple[Entry, ...]
    traits: tuple["Trait", ...]
    scales: dict[str, Scale]
    activities: dict[str, Kind]
    templates: dict[str, Template]
    levels: tuple[Level, ...]
    sizes: tuple[Size, ...]
    advisor: Advisor
    _by_id: dict = field(default_factory=dict, compare=False)

    def activity(self, kind: str) -> Kind:
        return self.activities[kind]

    def approach(self, id: str) -> Approach | None:
        """The approach with this id, or None."""
        return next((a for a in self.approaches if a.id == id), None)


def load() -> Method:
    """The method, with the installation's own files (settings.METHOD_FOLDER) laid over ours."""
    return read(settings.METHOD_FOLDER)


@cache
def read(extra: Path | None = None) -> Method:
    """The method; files in `extra` are laid over ours: what has the same id replaces ours, the rest is added. Raises
    MethodError."""
    try:
        return _read_all(extra)
    except (KeyError, TypeError, AttributeError) as error:
        raise MethodError(f"{extra}: {error} is missing or of the wrong kind.") from error


def _read_all(extra: Path | None) -> Method:
    data = {name: _read(name, extra) for name in FILES}
    approaches, questions = data["approaches"], data["questions"]
    method = Method(
        approaches=tuple(_make(Approach, row, "approaches.toml") for row in approaches["approach"]),
        ours=_text(approaches["ours"], "approaches.toml: ours"),
        questions=_entries(questions, "question"),
        phases=_entries(questions, "phase"),
        outcomes=_entries(questions, "outcome"),
        realisations=_entries(questions, "realisation"),
        traits=tuple(_make(Trait, row, "likeness.toml") for row in data["likeness"]["trait"]),
        scales={row["id"]: _scale(row) for row in questions["scale"]},
        activities={row["id"]: _kind(row) for row in data["activities"]["activity"]},
        templates={row["id"]: _template(row) for row in data["templates"]["template"]},
        levels=tuple(_make(Level, row, "practice.toml") for row in data["practice"]["level"]),
        sizes=tuple(_make(Size, row, "practice.toml") for row in data["practice"]["size"]),
        advisor=_advisor(data["advisor"]),
    )
    _check(method)
    return method


def _read(name: str, extra: Path | None) -> dict:
    found = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    if extra and (file := Path(extra) / f"{name}.toml").exists():
        try:
            theirs = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MethodError(f"{file.name} can't be read: {error}.") from None
        for key, rows in theirs.items():
            found[key] = _laid_over(found.get(key), rows)
    return found


def _laid_over(ours, theirs):
    if not isinstance(theirs, list):
        return theirs
    rows = {row["id"]: row for row in ours or []}
    return list((rows | {row["id"]: row for row in theirs}).values())


def _text(value, where: str) -> Text:
    if not isinstance(value, dict) or not value.get("da") or not value.get("en"):
        raise MethodError(f"{where}: the text must be there in Danish (da) and English (en).")
    return Text(da=value["da"].strip(), en=value["en"].strip())


def _make(kind, row: dict, file: str):
    values = {}
    for name, annotation in kind.__annotations__.items():
        if name not in row:
            raise MethodError(f"{file}: {row.get('id', '?')} has no {name}.")
        values[name] = _text(row[name], f"{file}: {row['id']}.{name}") if annotation is Text else row[name]
    return kind(**values)


def _entries(data: dict, key: str) -> tuple[Entry, ...]:
    return tuple(_entry(row, f"questions.toml: {key}") for row in data[key])


def _entry(row: dict, where: str) -> Entry:
    return Entry(row["id"], _text(row["text"], f"{where} {row['id']}"), row.get("asks_for_initiative", False))


def _scale(row: dict) -> Scale:
    return Scale(
        row["id"], tuple(_entry(option, f"questions.toml: scale {row['id']}") for option in row["options"])
    )


def _kind(row: dict) -> Kind:
    where = f"activities.toml: {row['id']}"
    words = {
        n: _text(row[n], f"{where}.{n}") if n in row else Text() for n in ("title", "question", "hint", "say")
    }
    return Kind(
        id=row["id"],
        mechanism=row["mechanism"],
        step=row.get("step", 0),
        minutes=row["minutes"],
        anonymous=row.get("anonymous", True),
        config=row.get("config", {}),
        **words,
    )


def _template(row: dict) -> Template:
    items = tuple(Item(kind, minutes) for kind, minutes in row["items"])
    title = _text(row["title"], f"templates.toml: {row['id']}")
    return Template(row["id"], title, row["duration"], row["audience"], items)


def _advisor(data: dict) -> Advisor:
    return Advisor(
        ours=_text(data["ours"], "advisor.toml: ours"),
        efforts=tuple(data["efforts"]),
        characteristics=tuple(
            _make(Characteristic, row | {"weights": _weights(row, data["efforts"])}, "advisor.toml")
            for row in data["characteristic"]
        ),
        notes={row["id"]: (row["when"], _text(row["text"], "advisor.toml: note")) for row in data["note"]},
    )


def _weights(row: dict, approaches: list[str]) -> dict:
    """Every level and approach named, 0 where the data says nothing."""
    return {level: dict.fromkeys(approaches, 0) | row.get(level, {}) for level in ("low", "high")}


def _check(method: Method) -> None:
    for kind in method.activities.values():
        if kind.mechanism not in ("board", "ballot", "decision", "none"):
            raise MethodError(f"activities.toml: {kind.id} has an unknown mechanism, {kind.mechanism}.")
        for value in kind.config.get("values", []):
            if (
                value["type"] in ("choice", "scale")
                and value["options"] != "approaches"
                and value["options"] not in method.scales
            ):
                raise MethodError(f"activities.toml: {kind.id}.{value['id']} asks for an unknown scale.")
    known = {approach.id for approach in method.approaches}
    named = {a for c in method.advisor.characteristics for points in c.weights.values() for a in points}
    if unknown := {*named, *method.advisor.efforts} - known:
        raise MethodError(f"advisor.toml: {', '.join(sorted(unknown))} is no approach.")
    for template in method.templates.values():
        for item in template.items:
            if item.kind not in method.activities:
                raise MethodError(f"templates.toml: {template.id} has an unknown activity, {item.kind}.")
        if template.minutes > template.duration:
            raise MethodError(
                f"templates.toml: {template.id} takes {template.minutes} of {template.duration} minutes."
            )
