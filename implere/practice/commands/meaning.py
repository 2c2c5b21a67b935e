"""Every change to what an initiative means in the units: asking, writing, wishing, answering."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from implere.initiatives.models import Initiative
from implere.live.commands import write
from implere.meetings.errors import Refused
from implere.organisation.models import Unit
from implere.practice.models import Asking, Reply, Translation, Wish

LINK_LIFETIME = timedelta(days=60)
LONGEST, LONGEST_WISH, LONGEST_REPLY = 1000, 400, 600


def _channel(initiative_id) -> str:
    return f"initiative/{initiative_id}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def ask(initiative: Initiative, unit: Unit) -> str:
    """Asks a unit what the initiative means there; returns the secret of its link. Asked again, the link before ends."""
    secret = secrets.token_urlsafe(24)
    with write(_channel(initiative.pk)):
        Asking.objects.update_or_create(
            initiative=initiative,
            unit=unit,
            defaults={
                "organisation_id": initiative.organisation_id,
                "secret_hash": _hash(secret),
                "expires_at": timezone.now() + LINK_LIFETIME,
            },
        )
    return secret


def asking_by_link(secret: str) -> Asking | None:
    """What the link asks, or None if it is unknown or too old. Opening it changes nothing."""
    found = Asking.objects.filter(secret_hash=_hash(secret), expires_at__gt=timezone.now())
    return found.select_related("initiative__organisation", "unit").first()


def translate(
    initiative: Initiative, unit: Unit, *, today: str = "", monday: str, stops: str = "", wish: str = ""
) -> Translation:
    """What the initiative means in the unit, and what it needs from above. The same again changes nothing; other words take
    the place of those before, which are kept. A wish that was answered stands; one that was not is taken back when it is
    worded anew."""
    said = {"today": today.strip(), "monday": monday.strip(), "stops": stops.strip()}
    if not said["monday"]:
        raise Refused("incomplete", what=_("what you do differently on Monday"))
    for text in said.values():
        _limit(text, LONGEST)
    _limit(wish.strip(), LONGEST_WISH)
    with write(_channel(initiative.pk)):
        own = {"organisation_id": initiative.organisation_id, "initiative": initiative, "unit": unit}
        now = timezone.now()
        standing = Translation.objects.filter(initiative=initiative, unit=unit, replaced_at=None).first()
        if standing is None or any(getattr(standing, name) != text for name, text in said.items()):
            Translation.objects.filter(initiative=initiative, unit=unit, replaced_at=None).update(
                replaced_at=now
            )
            standing = Translation.objects.create(written_at=now, **said, **own)
        _wish(own, wish.strip(), now)
    return standing


def _limit(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("too_long", over=len(text) - most)


def _wish(own: dict, text: str, now) -> None:
    open_ = Wish.objects.filter(
        initiative=own["initiative"], unit=own["unit"], withdrawn_at=None, replies=None
    )
    if text and open_.filter(text=text).exists():
        return
    Wish.objects.filter(pk__in=list(open_.values_list("pk", flat=True))).update(withdrawn_at=now)
    if text:
        Wish.objects.create(text=text, wished_at=now, **own)


def reply(wish: Wish, text: str) -> Reply:
    """The level above answers. The same again is one answer."""
    text = text.strip()
    if not text:
        raise Refused("empty")
    _limit(text, LONGEST_REPLY)
    with write(_channel(wish.initiative_id)):
        found = Reply.objects.filter(wish=wish, text=text).first()
        return found or Reply.objects.create(
            organisation_id=wish.organisation_id, wish=wish, text=text, replied_at=timezone.now()
        )
