"""A calendar (iCalendar, RFC 5545) of somebody's actions: one whole day each. The few lines that it takes are written here."""

from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

LINE = 75  # octets


def calendar(organisation, views) -> str:
    """The feed's text. An event keeps its id, so that a day that moved moves in the calendar too."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Implere//Implere//DA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "X-WR-CALNAME:" + escaped(_("My actions at %(name)s") % {"name": organisation.name}),
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]  # fmt: skip
    for view in views:
        lines += event(view.row)
    return "".join(folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def event(action) -> list[str]:
    words = [action.effect, action.initiative.title if action.initiative else ""]
    stamp = (action.made_at or timezone.now()).astimezone(UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{action.pk}@{_host()}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{action.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{action.due_on + timedelta(days=1):%Y%m%d}",
        "SUMMARY:" + escaped(action.what),
        "DESCRIPTION:" + escaped("\n".join(word for word in words if word)),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _host() -> str:
    return settings.BASE_ADDRESS.split("://")[-1].split("/")[0].split(":")[0] or "implere"


def escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """No line is longer than 75 octets; what goes on begins with a space. A letter of several octets is not cut."""
    parts, room, part = [], LINE, b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", LINE - 1
        part += octets
    return b"\r\n ".join([*parts, part]).decode()
