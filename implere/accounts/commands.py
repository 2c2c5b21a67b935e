"""Every change to accounts."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from implere.accounts.models import FailedSignIn, SignInLink, User

LINK_LIFETIME = timedelta(hours=24)
GUESSES = 10
GUESS_WINDOW = timedelta(minutes=15)


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_user(username: str, *, name: str = "", password: str | None = None, email: str = "") -> User:
    """A new user; without a password the account can be entered by a sign-in link only."""
    user = User(username=username, name=name or username, email=email)
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    return user


def make_sign_in_link(user: User, leads_to: str = "/") -> str:
    """The secret of a link that signs `user` in once within a day and leads to a path of ours."""
    secret = secrets.token_urlsafe(24)
    SignInLink.objects.create(
        secret_hash=secret_hash(secret),
        user=user,
        leads_to=leads_to,
        expires_at=timezone.now() + LINK_LIFETIME,
    )
    return secret


def spend_sign_in_link(secret: str) -> SignInLink | None:
    """The link, now used, or None if it is unknown, used or too old. Two at once: one wins."""
    now = timezone.now()
    unused = SignInLink.objects.filter(
        secret_hash=secret_hash(secret), used_at=None, expires_at__gt=now, user__is_active=True
    )
    if not unused.update(used_at=now):
        return None
    return SignInLink.objects.select_related("user").get(secret_hash=secret_hash(secret))


def note_failed_sign_in(username: str) -> None:
    FailedSignIn.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    FailedSignIn.objects.create(name_hash=secret_hash(username.casefold()))


def guesses_used_up(username: str) -> bool:
    """True after ten wrong passwords for one name within a quarter of an hour."""
    since = timezone.now() - GUESS_WINDOW
    return (
        FailedSignIn.objects.filter(name_hash=secret_hash(username.casefold()), at__gt=since).count()
        >= GUESSES
    )
