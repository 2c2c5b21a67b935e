"""The frameworks by which a chosen initiative is followed: a data file each (`data/frameworks/*.toml`), with phases and their steps. An
installation's own stand in the folder `frameworks` of its method folder; one with the id of ours replaces it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from implere.method.reader import DATA, MethodError, _text
from implere.method.shapes import Text


@dataclass(frozen=True)
class FrameworkStep:
    """A step: its questions, and its help: what it means, what often goes wrong, a question to take to the next meeting."""

    id: str
    number: int
    phase: int
    name: Text
    questions: Text
    means: Text
    goes_wrong: Text
    ask: Text


@dataclass(frozen=True)
class FrameworkPhase:
    """A phase with its steps; `number` counts from one."""

    id: str
    number: int
    name: Text
    about: Text
    steps: tuple[FrameworkStep, ...]


@dataclass(frozen=True)
class Framework:
    """`before_start`: so many phases belong before the start of an initiative."""

    id: str
    position: int
    before_start: int
    name: Text
    source: Text
    phases: tuple[FrameworkPhase, ...]

    @property
    def steps(self) -> tuple[FrameworkStep, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)

    def step(self, id: str) -> FrameworkStep | None:
        return next((step for step in self.steps if step.id == id), None)


def load() -> dict[str, Framework]:
    """{id: framework}, the first one the default."""
    return read(settings.METHOD_FOLDER)


@cache
def read(extra: Path | None = None) -> dict[str, Framework]:
    """All frameworks, those in `extra` laid over ours. Raises MethodError."""
    files = sorted((DATA / "frameworks").glob("*.toml"))
    if extra and (folder := Path(extra) / "frameworks").is_dir():
        files += sorted(folder.glob("*.toml"))
    found: dict[str, Framework] = {}
    for file in files:
        made = _framework(file)
        found[made.id] = made
    return dict(sorted(found.items(), key=lambda each: (each[1].position, each[0])))


def _framework(file: Path) -> Framework:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MethodError(f"{file.name} can't be read: {error}.") from None
    try:
        return _made(data, file.name)
    except (KeyError, TypeError, AttributeError) as error:
        raise MethodError(f"{file.name}: {error} is missing or of the wrong kind.") from error


def _made(data: dict, name: str) -> Framework:
    numbers = {row["id"]: number for number, row in enumerate(data["phase"], start=1)}
    steps = []
    for number, row in enumerate(sorted(data["step"], key=lambda row: numbers[row["phase"]]), start=1):
        words = {each: _text(row.get(each), f"{name}: {row['id']}.{each}") for each in STEP_WORDS}
        steps.append(FrameworkStep(row["id"], number, numbers[row["phase"]], **words))
    if len({step.id for step in steps}) < len(steps):
        raise MethodError(f"{name}: two steps have the same id.")
    phases = tuple(
        FrameworkPhase(
            row["id"], number, _text(row.get("name"), f"{name}: {row['id']}.name"),
            _text(row.get("about"), f"{name}: {row['id']}.about"), tuple(s for s in steps if s.phase == number),
        )
        for number, row in enumerate(data["phase"], start=1)
    )  # fmt: skip
    return Framework(
        data["id"],
        data.get("position", 100),
        data.get("before_start", 1),
        _text(data.get("name"), f"{name}: name"),
        _text(data.get("source"), f"{name}: source"),
        phases,
    )


STEP_WORDS = ("name", "questions", "means", "goes_wrong", "ask")
