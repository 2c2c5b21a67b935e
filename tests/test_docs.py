"""Docs that can't rot: each setting and each command stands in the operators' guide."""

from pathlib import Path

import pytest

from implere.cli import _parser
from implere.configuration import SETTINGS

OPERATORS = Path(__file__).parents[1] / "docs/operators"


def words() -> str:
    return "\n".join(file.read_text() for file in OPERATORS.glob("*.md"))


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented(name):
    assert f"`{name}`" in words()


def commands():
    return _parser()._subparsers._group_actions[0].choices


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented_with_its_options(name):
    assert f"`implere {name}" in words()
    for action in commands()[name]._actions:
        for option in action.option_strings:
            assert option in ("-h", "--help") or option in words(), option


def test_there_are_fewer_than_ten_settings():
    assert len(SETTINGS) < 10
