"""The cast is the same for the rooms' tests and for those of the whole program; so is the browser."""

import os
import shutil

import pytest

from implere.conftest import *  # noqa: F403


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, or the one that CHROMIUM names."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {"executable_path": chromium, "args": flags}


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL the tests run that ask the database something: neither a browser's nor those that start a server of their own."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return
    own = {
        item
        for item in items
        if "browser" in item.fixturenames
        or hasattr(item.module, "live_room")
        or hasattr(item.module, "running_server")
    }
    needs_database = [item for item in items if item not in own and item.get_closest_marker("django_db")]
    config.hook.pytest_deselected(items=[item for item in items if item not in needs_database])
    items[:] = needs_database
