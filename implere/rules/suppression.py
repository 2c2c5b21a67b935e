"""Which figures of a table must be hidden, so that no small group is seen, and none is found by subtraction either.

A table is its cells, key → number of answers, totals included, and its sums, (total's key, its parts' keys). Any shape can be
said so: units under units, units across questions, and two snapshots in time (the later is the earlier and what came since).
A hidden cell hides its number of answers too. No law sets the floor; five is our choice, and it is only ever raised.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction

from .floors import FLOOR


def hidden(
    cells: Mapping[str, int],
    sums: list[tuple[str, list[str]]],
    floor: int = FLOOR,
    published: Collection[str] = (),
) -> frozenset[str]:
    """The keys to hide: every cell of fewer than `floor` answers, and as many more as it takes that what is shown tells neither
    a hidden cell nor what fewer than `floor` answered together. The smallest cells go first, totals last; those `published`
    before are known and stay. ValueError for a floor below five, or a total that is not the sum of its parts."""
    _check(cells, sums, floor)
    unseen = {key for key, count in cells.items() if count < floor and key not in published}
    while (found := _found(cells, sums, unseen, floor)) and (
        more := _next(cells, sums, unseen, found, published)
    ):
        unseen.add(more)
    return frozenset(unseen)


def may_show(counts, floor: int = FLOOR, sensitive: bool = False) -> bool:
    """Whether a distribution may be shown: from `floor` answers, and where it is `sensitive` only if they were not all alike,
    since then everybody's answer is known."""
    return sum(counts) >= floor and not (sensitive and max(counts) == sum(counts))


def _check(cells, sums, floor: int):
    if floor < FLOOR:
        raise ValueError(f"The floor is at least {FLOOR} answers")
    for total, parts in sums:
        if cells[total] != sum(cells[part] for part in parts):
            raise ValueError(f"{total} is not the sum of its parts")


def _next(cells, sums, unseen: set[str], found: set[str], published) -> str | None:
    """What to hide next: in a sum that tells what was found, where least else is hidden, a part before a total, the smallest."""
    totals = {total for total, _parts in sums}
    ranked = [
        (not found & {total, *parts}, len(unseen & {total, *parts} - found), key in totals, cells[key], key)
        for total, parts in sums
        for key in (*parts, total)
        if key not in unseen and key not in published
    ]
    return min(ranked, key=lambda rank: rank[:-1])[-1] if ranked else None


def _found(cells, sums, unseen: set[str], floor: int) -> set[str]:
    """Hidden cells that what is shown tells: one cell, or a few whose answers together are below the floor. Empty: none."""
    order = sorted(unseen, key=cells.get, reverse=True)
    rows = [_unknowns(total, parts, order) for total, parts in sums]
    for row in [*rows, *_reduced(rows, order)]:
        keys = {key for key, times in zip(order, row, strict=True) if times}
        if keys and min(row) >= 0 and (len(keys) == 1 or sum(cells[key] for key in keys) < floor):
            return keys
    return set()


def _unknowns(total: str, parts: list[str], order: list[str]) -> list[Fraction]:
    """How many times each hidden cell counts in what is known of a sum: its parts less its total."""
    return [Fraction((key in parts) - (key == total)) for key in order]


def _reduced(rows: list[list[Fraction]], order: list[str]) -> list[list[Fraction]]:
    """What remains when the sums are subtracted from each other until each tells as little else as it can (Gauss–Jordan). The
    largest cells are taken out first, so that what tells only small ones remains."""
    rows, done = [row for row in rows if any(row)], []
    for place in range(len(order)):
        pivot = next((row for row in rows if row[place]), None)
        if pivot is None:
            continue
        pivot = [times / pivot[place] for times in pivot]
        rows = [row for row in (_without(row, pivot, place) for row in rows) if any(row)]
        done = [*(_without(row, pivot, place) for row in done), pivot]
    return done


def _without(row: list[Fraction], pivot: list[Fraction], place: int) -> list[Fraction]:
    times = row[place]
    return [own - times * other for own, other in zip(row, pivot, strict=True)] if times else row
