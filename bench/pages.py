"""Each page issues the same number of queries for 10 rows and for 1,000."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.room import open_board, phone
from implere.meetings import reach


def _addresses(meeting, user):
    signed_in = Client()
    signed_in.force_login(user)
    device = phone(meeting)
    return {
        "phone": (device, f"/m/{meeting.pk}/"),
        "screen": (Client(), f"/m/{meeting.pk}/screen/{reach.screen_key(meeting)}/"),
        "desk": (signed_in, f"/m/{meeting.pk}/desk/"),
        "minutes": (signed_in, f"/m/{meeting.pk}/minutes/"),
        "cycle": (signed_in, f"/cycles/{meeting.cycle_id}/"),
    }


def _count(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def queries() -> dict:
    """{page: queries at 1,000 rows − queries at 10}; each should be 0. And the number itself."""
    counts = {}
    for size in (10, 1000):
        meeting, _activity, user = open_board(size)
        for page, (client, address) in _addresses(meeting, user).items():
            counts.setdefault(page, []).append(_count(client, address))
    return {
        f"{page}.{what}": value
        for page, (few, many) in counts.items()
        for what, value in (("queries", many), ("growth", many - few))
    }
