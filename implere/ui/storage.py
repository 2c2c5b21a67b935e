"""Addresses of static files that change when the files do, so that no browser keeps an old script beside a new page."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

# The typeface is also asked for by the style sheet, by its plain address; it does not change.
VERSIONED = (".css", ".js", ".svg")


class VersionedStorage(StaticFilesStorage):
    """/static/ui/built/main.css?v=1a2b3c4d"""

    def url(self, name, force=False):
        plain = super().url(name)
        version = _version(name) if name.endswith(VERSIONED) else ""
        return f"{plain}?v={version}" if version else plain


@cache
def _version(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:8] if found else ""
