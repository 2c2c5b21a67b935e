"""Comparing a change with others' change. It says more or less than the others, never because of what."""


def difference_in_differences(own_before, own_after, other_before, other_after) -> float | None:
    """How much more one's own figure rose than the others' did, in the figure's own unit: (own after − own before) − (other
    after − other before); None where one of the four is unknown (Card & Krueger 1994, Am. Econ. Rev. 84:772–793). It holds
    only if both went alike before: draw that."""
    if None in (own_before, own_after, other_before, other_after):
        return None
    return (own_after - own_before) - (other_after - other_before)
