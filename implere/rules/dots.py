"""How many dots each gets: few enough that they mean something, enough to spread (a quarter of the items)."""

FEWEST, MOST = 3, 10


def dots(items: int) -> int:
    """A quarter of the items, at least 3 and at most 10, and never more than there are items."""
    return min(items, max(FEWEST, min(MOST, round(items / 4))))
