"""Who wrote what, held so that it can be known while it must and by nobody afterwards (docs/decisions/0004).

Where an activity is anonymous, a note or an answer carries HMAC(key of the activity, participant + what it is about). Its
writer's own device can find it again; nobody can join one person's answers, since each is tagged otherwise. When the
activity closes, the key goes and the tags are emptied.
"""

import hashlib
import hmac
import secrets

from implere.live.prepared import FIRST, Prepared
from implere.meetings.models import Activity, ActivityKey, Participant


def make_key(activity: Activity) -> None:
    """A new key when an anonymous activity opens; what was written under an earlier one is owned by nobody."""
    if activity.anonymous:
        ActivityKey.objects.update_or_create(activity=activity, defaults={"key": secrets.token_bytes(32)})


def renew_keys() -> None:
    """New keys for the open anonymous activities that have none, after a backup was restored: what was written before is owned
    by nobody."""
    for activity in Activity.objects.filter(
        anonymous=True, opened_at__isnull=False, closed_at=None, key=None, meeting__closed_at=None
    ):
        make_key(activity)


def drop_key(activity: Activity) -> None:
    ActivityKey.objects.filter(activity=activity).delete()


key_of = Prepared(lambda pk: ActivityKey.objects.filter(activity=pk).values_list("key"), FIRST)


def tagger(activity: Activity):
    """tag(participant, about) -> 64 hex characters, or "" where there is no key (closed, or not anonymous).

    The key is read once: use one tagger for a whole list."""
    row = key_of.one(activity.pk) if activity.anonymous else None

    def tag(participant: Participant, about) -> str:
        if row is None or participant is None:
            return ""
        return hmac.new(bytes(row[0]), f"{participant.pk}|{about}".encode(), hashlib.sha256).hexdigest()

    return tag


def authorship(activity: Activity, participant: Participant | None, about) -> dict:
    """The fields that say who wrote it: `participant` where the activity has names, `writer` where it is anonymous."""
    if activity.anonymous:
        return {"participant": None, "writer": tagger(activity)(participant, about)}
    return {"participant": participant, "writer": ""}


def device_hash(secret_key: str, device: str, meeting_id) -> str:
    """A device's name in one meeting; it can't be joined with its name in another."""
    return hmac.new(secret_key.encode(), f"{meeting_id}|{device}".encode(), hashlib.sha256).hexdigest()
