"""What is answered when something fails in the program."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string


def failed(request) -> HttpResponse:
    """503 where the database does not answer or takes nothing in (gone, full, locked): a phone keeps what it has and tries again.
    Else 500. Asks no database."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "2"})
    return HttpResponse(render_to_string("500.html"), status=500)
