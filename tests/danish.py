"""Finds English where a reader reads Danish."""

import re
from functools import cache
from pathlib import Path

import polib
from lxml import html

ROOMS = Path(__file__).parents[1] / "implere"
SPOKEN = ("aria-label", "placeholder", "alt", "title")
# Words that are the same in both, or names; each must earn its place.
ALLOWED = {"Implere", "English", "JSON"}


@cache
def english() -> re.Pattern:
    """A pattern of every text whose Danish is another, whole, with its blanks filled in by anything."""
    texts = set()
    for file in ROOMS.glob("*/locale/da/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            danish = {entry.msgstr, *entry.msgstr_plural.values()}
            texts |= {text for text in (entry.msgid, entry.msgid_plural) if text and text not in danish}
    patterns = [
        re.sub(r"%\\?\(\w+\\?\)[sd]|\\\{\w+\\\}", ".{1,80}?", re.escape(text)) for text in sorted(texts)
    ]
    # A text that is blanks and signs alone would be found everywhere.
    patterns = [pattern for pattern in patterns if re.search("[a-z]{3}", pattern.replace(".{1,80}?", ""))]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def english_in(page: str) -> set[str]:
    """The texts of a page that should have been Danish: what is read, and what is read aloud."""
    tree = html.fromstring(page)
    for element in tree.xpath("//script|//style|//*[@lang='en']"):
        element.drop_tree()
    texts = list(tree.itertext())
    texts += [value for name in SPOKEN for value in tree.xpath(f"//@{name}")]
    said = {" ".join(text.split()) for text in texts}
    return {text for text in said - ALLOWED if english().fullmatch(text)}
