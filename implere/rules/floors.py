"""From how many answers something may be shown. Reasons are codes; the rooms have the words."""

FEW_PRESENT, MANY_PRESENT = 3, 8
FLOOR = 5


def ballot_floor(present: int) -> int:
    """The fewest answers that an unnamed ballot in a meeting may show: five where eight or more are present, three in a
    smaller room. Below three present nothing is shown, since each would know the others' answers."""
    return FLOOR if present >= MANY_PRESENT else FEW_PRESENT


def may_reveal(answers: int, present: int) -> bool:
    """Whether a ballot with this many answers may be shown to a room with this many present."""
    return answers >= ballot_floor(max(present, answers))


def warning(present: int) -> str | None:
    """What must be said beforehand: "guessable" where three to seven are present, "too_few" below three."""
    if present < FEW_PRESENT:
        return "too_few"
    return "guessable" if present < MANY_PRESENT else None
