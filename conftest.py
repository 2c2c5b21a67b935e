"""The cast is the same for the rooms' tests and for those of the whole program."""

from implere.conftest import *  # noqa: F403
