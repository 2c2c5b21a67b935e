"""The first start: an installation that nobody can sign in to gets its first user."""

import secrets

from implere.accounts.commands import make_user
from implere.accounts.models import User


def first_words(configuration) -> list[str]:
    """What the operator is told when the server is ready; makes the first user where there is none."""
    base = configuration.address or f"http://{configuration.host}:{configuration.port}"
    if User.objects.exists():
        return [f"Implere: {base}/"]
    password = secrets.token_urlsafe(12)
    make_user("admin", name="Administrator", password=password)
    return [
        f"Implere: {base}/",
        f"Sign in at {base}/sign-in/ as admin with the password {password} and change it.",
    ]
