"""Which figures of a table must be hidden, so that no small group is seen, and none is found by subtraction either.

A table is its cells, key → number of answers, totals included, and its sums, (total's key, its parts' keys). Any shape can be
said so: units under units, units across questions, and two snapshots in time (the later is the earlier and what came since).
A hidden cell hides its number of answers too. No law sets the floor; five is our choice, and it is only ever raised.
"""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import chain

from .floors import FLOOR

Row = dict[str, Fraction]


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
    rows = [row for total, parts in sums if (row := _unknowns(total, parts, unseen))]
    for row in chain(rows, _combined(rows, cells, floor)):
        if len(row) == 1 or (min(row.values()) > 0 and sum(cells[key] for key in row) < floor):
            return set(row)
    return set()


def _unknowns(total: str, parts: list[str], unseen: set[str]) -> Row:
    """How often each hidden cell counts in what is known of a sum: its parts less its total."""
    row = {key: Fraction(1) for key in parts if key in unseen}
    return row | {total: Fraction(-1)} if total in unseen else row


def _combined(rows: list[Row], cells, floor: int) -> Iterator[Row]:
    """What the sums tell together: each solved for one cell, the largest first (Gauss-Jordan), so that at the end are those of
    small cells alone; and of these every combination that only adds up (Motzkin's double description)."""
    solved: dict[str, Row] = {}
    for key in sorted({key for row in rows for key in row}, key=cells.get, reverse=True):
        pivot = next((row for row in rows if key in row), None)
        if pivot is None:
            continue
        pivot = {each: times / pivot[key] for each, times in pivot.items()}
        rows = [less for row in rows if (less := _without(key, row, pivot))]
        solved = {each: _without(key, row, pivot) for each, row in solved.items()} | {key: pivot}
    yield from solved.values()
    few = [row for row in solved.values() if all(cells[key] < floor for key in row)]
    kept = set(solved)
    for key in {key for row in few for key in row if row[key] < 0}:
        above = [row for row in few if row.get(key, 0) > 0]
        below = [row for row in few if row.get(key, 0) < 0]
        few = [row for row in few if row not in below]
        few += [_without(key, row, other) for row in above for other in below]
        kept.add(key)
        few = [row for row in few if sum(cells[each] for each in kept & row.keys()) < floor]
    yield from few


def _without(key: str, row: Row, other: Row) -> Row:
    """`row` and as much of `other` as takes `key` out of it."""
    if key not in row:
        return row
    times = row[key] / other[key]
    left = {each: row.get(each, 0) - times * other.get(each, 0) for each in {*row, *other}}
    return {each: value for each, value in left.items() if value}
