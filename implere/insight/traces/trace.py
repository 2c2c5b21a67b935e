"""What each of the five traces is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """A line of what a trace rests on, down to the single choice: its words, what about it, and where it can be opened."""

    title: str
    about: str = ""
    url: str = ""
    approach: Any = None


@dataclass(frozen=True)
class Group:
    """Evidence of one kind."""

    title: str
    rows: tuple[Evidence, ...]


@dataclass(frozen=True)
class Trace:
    """`headline` is the finding. `picture`: the name of its template ("" for none), with `drawn` for it. `enough`: whether there was
    enough to find anything in; where there is not, the headline says what is missing."""

    code: str
    number: int
    asks: str
    headline: str
    sentences: tuple[str, ...]
    rule: str
    source: str
    not_said: str
    question: str
    evidence: Callable[[], tuple[Group, ...]] = tuple
    picture: str = ""
    drawn: Any = None
    enough: bool = True
    recognition: Any = None

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What it rests on, worked out only where it is opened."""
        return self.evidence()

    @property
    def rows(self) -> int:
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True)
class Bar:
    """A bar of a picture: `share` of the highest, from 0 to 1."""

    label: str
    count: int
    of: int
    is_most: bool = False
    phase: str = ""
