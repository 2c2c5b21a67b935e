"""Reads the method's data (`data/*.toml`) and checks it. A fifth approach, a sixth question, another kind of activity or another
template is a few lines of data and no Python.

`load()` gives a `Method`: `approaches`, `questions`, `phases`, `outcomes`, `realisations`, `scales` in their order, `activities` and
`templates` by id. Every text is a `Text` in Danish and English; `str(text)` is the reader's language.
"""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

from implere.method.shapes import (
    Advisor,
    Approach,
    Characteristic,
    Entry,
    Item,
    Kind,
    Level,
    Method,
    Scale,
    Size,
    Template,
    Text,
    Trait,
)

DATA = Path(__file__).parent / "data"
FILES = ("approaches", "questions", "activities", "templates", "likeness", "practice", "advisor")


class MethodError(ValueError):
    """The data can't be used; the message names the file and the entry."""


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
