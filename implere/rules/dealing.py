"""Dealing out evenly: people to groups, notes or rows to groups. The same seed deals the same."""

import random
from collections.abc import Sequence

SMALLEST, LARGEST = 3, 5  # people in a small group: enough to talk, few enough that all do


def deal(things: Sequence, piles: int, *, seed: int = 0) -> list[list]:
    """`things` shuffled into `piles` piles whose sizes differ by one at most; no piles: an empty list."""
    if piles < 1:
        return []
    shuffled = list(things)
    random.Random(seed).shuffle(shuffled)
    return [shuffled[pile::piles] for pile in range(piles)]


def suggested_groups(people: int) -> int:
    """How many small groups to propose: four people in each, as near as it goes; 0 below six."""
    return 0 if people < 2 * SMALLEST else max(2, round(people / 4))
