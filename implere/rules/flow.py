"""The flow from today to onwards, as numbers that a picture is drawn from; and what the picture finds."""

from collections import Counter
from dataclasses import dataclass

FEWEST = 8  # answers; below that two bars are drawn, since a band would be one person
GAP = 0.06  # of the height, between two nodes


@dataclass(frozen=True)
class Node:
    """A category on one side: where it begins and how high it is, as shares of the whole height."""

    id: str
    count: int
    top: float
    height: float


@dataclass(frozen=True)
class Band:
    """Those who said `source` and `target`: `count` people, from one node's stretch to another's."""

    source: str
    target: str
    count: int
    from_top: float
    to_top: float
    height: float


@dataclass(frozen=True)
class Flow:
    left: list[Node]
    right: list[Node]
    bands: list[Band]


def flow(pairs: list[tuple[str, str]], order: list[str]) -> Flow | None:
    """`pairs`: (today, onwards) of each answer; `order`: the categories from top to bottom. None below eight answers."""
    if len(pairs) < FEWEST:
        return None
    counts = Counter(pairs)
    scale = (1 - GAP * (len(order) - 1)) / len(pairs)
    left = _nodes(Counter(today for today, _onwards in pairs), order, scale)
    right = _nodes(Counter(onwards for _today, onwards in pairs), order, scale)
    used_left = {node.id: node.top for node in left}
    used_right = {node.id: node.top for node in right}
    bands = []
    for source in order:
        for target in order:
            if count := counts[source, target]:
                height = count * scale
                bands.append(Band(source, target, count, used_left[source], used_right[target], height))
                used_left[source] += height
                used_right[target] += height
    return Flow(left, right, bands)


def _nodes(counts: Counter, order: list[str], scale: float) -> list[Node]:
    nodes, top = [], 0.0
    for id in order:
        height = counts[id] * scale
        nodes.append(Node(id, counts[id], top, height))
        top += height + GAP
    return nodes


def one_sided(approaches: list[str], *, share: float = 0.6, fewest: int = 4) -> tuple[str, int] | None:
    """(approach, how many) where one approach holds at least `share` of at least `fewest` placements; else None. The
    share is our choice."""
    if len(approaches) < fewest:
        return None
    name, count = Counter(approaches).most_common(1)[0]
    return (name, count) if count / len(approaches) >= share else None
