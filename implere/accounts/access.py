"""Deny by default: each view says who may use it, or the program does not start.

The audiences:
- `anyone`: no sign-in, nothing private;
- `signed-in`: a user; what may be seen is then found through the user's reach;
- `facilitator`: a user who may run the meeting in the address (404 to others);
- `participant`: a device that has joined the meeting in the address (sent to join otherwise).
"""

from django.contrib.auth.decorators import login_required
from django.core import checks
from django.urls import URLPattern, get_resolver

AUDIENCES = ("anyone", "signed-in", "facilitator", "participant")


def for_audience(audience: str):
    """Declares a view's audience; `signed-in` and `facilitator` ask for sign-in as well."""
    assert audience in AUDIENCES, audience

    def declare(view):
        if audience in ("signed-in", "facilitator"):
            view = login_required(view)
        view.audience = audience
        return view

    return declare


def views_of(resolver=None, prefix=""):
    """Every (route, view) of the program."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from views_of(entry, route)


def every_view_declares_its_audience(app_configs=None, **kwargs):
    """A system check: the routes whose view has no audience."""
    return [
        checks.Error(f"The view of '{route}' does not declare its audience.", id="implere.E001")
        for route, view in views_of()
        if getattr(view, "audience", None) not in AUDIENCES
    ]
