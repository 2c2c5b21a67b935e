"""Join codes: six signs that can't be mistaken for each other, read aloud in two halves."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I
LENGTH = 6


def make() -> str:
    """A new code of six signs."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def normalise(typed: str) -> str:
    """What somebody typed as a code: capitals, without spaces and dashes; "" where it can't be one."""
    code = re.sub(r"[\s\-\u2010-\u2015\u2212]", "", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
