"""Everything moves from SQLite to PostgreSQL and back, the same row for row; a backup of the one is restored into the other."""

import json
import sqlite3
from contextlib import closing, suppress

import pytest

from tests import postgresql
from tests.test_the_command_line import implere


@pytest.fixture(scope="module")
def server():
    with postgresql.running() as address:
        yield address


@pytest.fixture
def empty(server, request):
    """The address of an empty database of its own."""
    return postgresql.create_database(server, f"moving_{abs(hash(request.node.name)) % 10**8}")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with the example in it, which nothing here changes."""
    folder = tmp_path_factory.mktemp("moving") / "data"
    assert implere("seed", IMPLERE_DATA=str(folder)).returncode == 0
    return folder


def content(file) -> dict[str, list]:
    """{table: its rows, sorted}, but for the times of the migrations."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(repr([*map(_value, row)]) for row in connection.execute(f'SELECT * FROM "{name}"'))
            for (name,) in tables
            if name not in ("django_migrations", "sqlite_sequence")
        }


def _value(value):
    """PostgreSQL keeps no order in what is JSON."""
    with suppress(TypeError, ValueError):
        return json.dumps(json.loads(value), sort_keys=True)
    return value


def test_there_and_back_nothing_is_other_than_before(data, empty, tmp_path):
    there = implere("move", empty, IMPLERE_DATA=str(data))
    assert there.returncode == 0, there.stderr
    back = implere("move", str(tmp_path / "back.sqlite3"), IMPLERE_DATA=str(tmp_path), IMPLERE_DATABASE=empty)
    assert back.returncode == 0, back.stderr
    before, after = content(data / "implere.sqlite3"), content(tmp_path / "back.sqlite3")
    assert before.keys() == after.keys() and sum(map(len, before.values())) > 500
    assert before == after


def test_new_rows_get_new_numbers_after_a_move(data, empty, tmp_path):
    implere("move", empty, IMPLERE_DATA=str(data))
    cycle = implere(
        "import",
        "implere/initiatives/tests/files/tiltag.xlsx",
        IMPLERE_DATA=str(tmp_path),
        IMPLERE_DATABASE=empty,
    )
    assert cycle.returncode == 0, cycle.stderr


def test_a_database_that_holds_something_is_left_alone(data, empty):
    assert implere("move", empty, IMPLERE_DATA=str(data)).returncode == 0
    again = implere("move", empty, IMPLERE_DATA=str(data))
    assert again.returncode == 1 and "not empty" in again.stderr


def test_a_backup_of_one_is_restored_into_the_other(data, empty, tmp_path):
    made = implere("backup", "--to", str(tmp_path / "one.zip"), IMPLERE_DATA=str(data))
    assert made.returncode == 0, made.stderr
    other = {"IMPLERE_DATA": str(tmp_path / "other"), "IMPLERE_DATABASE": empty}
    restored = implere("restore", str(tmp_path / "one.zip"), **other)
    assert restored.returncode == 0, restored.stderr
    assert implere("backup", "--to", str(tmp_path / "two.zip"), **other).returncode == 0
    assert implere("verify", str(tmp_path / "two.zip"), **other).returncode == 0
    again = implere("restore", str(tmp_path / "two.zip"), **other)
    assert again.returncode == 0 and "before-restoring" in again.stdout, again.stderr


@pytest.mark.parametrize(
    "address", ["mysql://x/y", "postgresql://127.0.0.1:1/", "postgresql://127.0.0.1:x/y?nonsense=1"]
)
def test_an_address_that_is_none_is_said_in_words(address, tmp_path):
    answer = implere("check", IMPLERE_DATA=str(tmp_path), IMPLERE_DATABASE=address)
    assert answer.returncode == 1 and "IMPLERE_DATABASE" in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
