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


BROWSER = {"browser", "browser_name", "playwright"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Marks the tests that drive a browser: its event loop stays in their process, so the others run in another. On PostgreSQL
    the tests run that ask the database something: neither a browser's nor those that start a server of their own."""
    from django.db import connection

    for item in items:
        if BROWSER & set(item.fixturenames):
            item.add_marker("browser")
    if connection.vendor == "sqlite":
        return
    needed = [
        item
        for item in items
        if item.get_closest_marker("django_db")
        and not item.get_closest_marker("browser")
        and not hasattr(item.module, "live_room")
        and not hasattr(item.module, "running_server")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in needed])
    items[:] = needed
