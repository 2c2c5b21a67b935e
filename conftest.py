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
