"""Links that need no sign-in: signed, so that nobody can make one, and expiring. Nothing of them is kept.

A reminder's link is for one action and one owner: when the action has another owner, or its reflection is written, it is spent.
A GET only shows; mail scanners and previews open links."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from implere.followup.models import Action

ANSWER_LIFETIME = timedelta(days=30)
MINE_LIFETIME = timedelta(days=90)
CALENDAR_LIFETIME = timedelta(days=400)
_ANSWER, _MINE = "followup.answer", "followup.mine"


@dataclass(frozen=True)
class Person:
    """Whose actions: by the address where there is one, else by the name or role."""

    organisation_id: str
    owner: str
    mail: str = ""


def answer_token(action: Action) -> str:
    return signing.dumps([str(action.pk), _print(action)], salt=_ANSWER)


def action_by_token(token: str) -> tuple[Action | None, str]:
    """(the action, why the link is of no use). "": it is good; "old", "unknown", or "another": it has another owner now."""
    try:
        key, whose = signing.loads(token, salt=_ANSWER, max_age=ANSWER_LIFETIME)
    except signing.SignatureExpired:
        return None, "old"
    except signing.BadSignature:
        return None, "unknown"
    found = Action.objects.filter(pk=key).select_related("cycle__organisation", "initiative")
    action = found.first()
    if action is None:
        return None, "unknown"
    return (action, "") if whose == _print(action) else (None, "another")


def _print(action: Action) -> str:
    """What ties a link to its owner without naming anybody."""
    return hashlib.sha256(f"{action.owner}|{action.mail}".casefold().encode()).hexdigest()[:12]


def mine_token(organisation_id, owner: str, mail: str = "") -> str:
    return signing.dumps([str(organisation_id), "" if mail else owner, mail], salt=_MINE)


def person_by_token(token: str, lifetime: timedelta = MINE_LIFETIME) -> Person | None:
    try:
        return Person(*signing.loads(token, salt=_MINE, max_age=lifetime))
    except signing.BadSignature:
        return None
