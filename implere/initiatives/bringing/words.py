"""Status words and owners as lists have them."""

import re

STATUSES = {
    "running": {"i gang", "igang", "igangværende", "igangsat", "iværksat", "igangvaerende", "i proces", "påbegyndt", "startet", "aktiv", "kører", "under implementering", "implementeres", "running", "active", "in progress", "ongoing", "started", "wip"},
    "not_started": {"planlagt", "ikke startet", "ikke begyndt", "ikke påbegyndt", "ny", "nyt", "kommende", "not started", "not begun", "planned", "new", "upcoming", "to do", "todo"},
    "paused": {"sat i bero", "i bero", "pause", "på pause", "på hold", "udskudt", "sat på pause", "stoppet midlertidigt", "paused", "on hold", "suspended"},
    "completed": {"afsluttet", "færdig", "færdigt", "gennemført", "implementeret", "i drift", "slut", "lukket", "completed", "done", "finished", "closed", "implemented"},
}  # fmt: skip
NOBODY = {
    "",
    "?",
    "nn",
    "n.n.",
    "n.n",
    "vakant",
    "ubesat",
    "ingen",
    "ukendt",
    "tbd",
    "-",
    "–",
    "vacant",
    "none",
    "unknown",
    "n/a",
}
AND = re.compile(r"\s*(?:/|;|&|\+|\n|,|\s+og\s+|\s+and\s+|\s+samt\s+)\s*", re.I)


def tidy(value) -> str:
    """One line: hard spaces turned soft, doubles collapsed, ends trimmed; case as written."""
    return (
        " ".join(str(value).replace("\xa0", " ").replace("\u200b", "").split()) if value is not None else ""
    )


def lines(value) -> str | None:
    """A remark with its line breaks, each line trimmed; None for nothing."""
    if value is None:
        return None
    text = str(value).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return text or None


def status(value) -> str | None:
    """running, not_started, paused, completed, or None: ask."""
    word = tidy(value).casefold().strip(" .!")
    return next((status for status, words in STATUSES.items() if word in words), None)


def owners(value) -> list[str]:
    """The owners in a cell; [] for nobody (empty, ?, NN, vakant)."""
    parts = (
        re.sub(r"-\s+og\s+", "-\x00", str(value), flags=re.I) if value is not None else ""
    )  # "Natur- og miljøchef" is one
    found = [tidy(part.replace("\x00", " og ")) for part in AND.split(parts) if part]
    return [name for name in found if name.casefold().strip() not in NOBODY]
