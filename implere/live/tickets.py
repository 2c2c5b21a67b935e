"""Tickets: who may listen to what, signed, so that the stream asks no database."""

from dataclasses import asdict, dataclass

from django.core import signing

LIFETIME = 12 * 3600  # seconds
SALT = "implere.live.ticket"


@dataclass(frozen=True)
class Ticket:
    """May listen to these audiences of a channel, drawn for a view in a language. `who` counts people."""

    channel: str
    audiences: list[str]
    view: str
    language: str
    who: str = ""


def issue(channel: str, audiences, view: str, language: str, who: str = "") -> str:
    return signing.dumps(
        asdict(Ticket(channel, list(audiences), view, language, who)), salt=SALT, compress=True
    )


def read(text: str) -> Ticket | None:
    """The ticket, or None if it is forged or too old."""
    try:
        return Ticket(**signing.loads(text, salt=SALT, max_age=LIFETIME))
    except (signing.BadSignature, TypeError):
        return None
