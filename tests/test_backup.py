"""A backup is whole or refused; restoring brings everything back but who wrote what; an older database is backed up before it is
brought up to date."""

import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest

from tests import live_room
from tests.test_the_command_line import implere

COUNTED = ("boards_note", "meetings_activity", "initiatives_initiative", "ballots_answer")


def database(data):
    return data / "implere.sqlite3"


def ask(data, sql):
    with closing(sqlite3.connect(database(data))) as connection:
        return connection.execute(sql).fetchall()


def counts(data) -> list:
    return [ask(data, f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED]


def django(data, *arguments):
    env = os.environ | {"IMPLERE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "implere.settings"}
    subprocess.run([sys.executable, "-m", "django", *arguments], env=env, check=True, capture_output=True)


@pytest.fixture
def data(tmp_path):
    """A data folder with the example in it: a closed meeting, and an open one with an open anonymous brainstorm."""
    folder = tmp_path / "data"
    assert implere("seed", IMPLERE_DATA=str(folder)).returncode == 0
    return folder


@pytest.fixture
def file(data, tmp_path):
    made = implere("backup", "--to", str(tmp_path / "backup.zip"), IMPLERE_DATA=str(data))
    assert made.returncode == 0, made.stderr
    return tmp_path / "backup.zip"


def test_a_backup_is_whole_and_readable_by_its_owner_alone(data, file):
    answer = implere("verify", str(file), IMPLERE_DATA=str(data))
    assert answer.returncode == 0 and "whole" in answer.stdout
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_there_comes_back(data, file):
    before = counts(data)
    with closing(sqlite3.connect(database(data))) as connection:
        connection.execute("DELETE FROM boards_note")
        connection.commit()
    answer = implere("restore", str(file), IMPLERE_DATA=str(data))
    assert answer.returncode == 0, answer.stderr
    assert counts(data) == before
    kept = re.search(r"before is in (\S+\.zip)", answer.stdout)[1]
    assert implere("verify", kept, IMPLERE_DATA=str(data)).returncode == 0


def test_it_is_restored_on_a_machine_that_has_nothing_yet(data, file, tmp_path):
    assert implere("restore", str(file), IMPLERE_DATA=str(tmp_path / "new")).returncode == 0
    assert counts(tmp_path / "new") == counts(data)


def test_no_key_of_an_open_activity_is_in_it_and_restoring_makes_new_ones(data, file):
    keys = [bytes(key) for (key,) in ask(data, "SELECT key FROM meetings_activitykey")]
    assert keys
    with zipfile.ZipFile(file) as archive:
        raw = archive.read("implere.sqlite3")
    assert not any(key in raw for key in keys)
    implere("restore", str(file), IMPLERE_DATA=str(data))
    fresh = [bytes(key) for (key,) in ask(data, "SELECT key FROM meetings_activitykey")]
    assert len(fresh) == len(keys) and not set(fresh) & set(keys)


def rewritten(file, change):
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def other_bytes(parts):
    content = bytearray(parts["implere.sqlite3"])
    content[len(content) // 2] ^= 0xFF
    parts["implere.sqlite3"] = bytes(content)


def another_format(parts):
    parts["manifest.json"] = b'{"format": "other/1"}'


def no_list(parts):
    del parts["manifest.json"]


@pytest.mark.parametrize("change", [other_bytes, another_format, no_list])
def test_what_is_damaged_is_refused_and_nothing_is_touched(data, file, change):
    rewritten(file, change)
    before = database(data).read_bytes()
    for command in ("verify", "restore"):
        answer = implere(command, str(file), IMPLERE_DATA=str(data))
        assert answer.returncode == 1 and answer.stderr.count("\n") == 1, answer.stderr
    assert database(data).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 broken"])
def test_what_is_no_backup_is_said_in_one_sentence(data, tmp_path, content):
    (tmp_path / "other.zip").write_bytes(content)
    answer = implere("verify", str(tmp_path / "other.zip"), IMPLERE_DATA=str(data))
    assert answer.returncode == 1 and answer.stderr.count("\n") == 1


def test_an_older_database_is_backed_up_before_it_is_brought_up_to_date(data):
    django(data, "migrate", "initiatives", "0001")
    assert implere("seed", IMPLERE_DATA=str(data)).returncode == 0
    (made,) = (data / "backups").glob("before-upgrading-*.zip")
    assert implere("verify", str(made), IMPLERE_DATA=str(data)).returncode == 0


def test_a_backup_of_an_older_version_is_restored_into_this_one(data, tmp_path):
    django(data, "migrate", "initiatives", "0001")
    old = tmp_path / "old.zip"
    assert implere("backup", "--to", str(old), IMPLERE_DATA=str(data)).returncode == 0
    assert implere("restore", str(old), IMPLERE_DATA=str(tmp_path / "new")).returncode == 0
    assert counts(tmp_path / "new") == counts(data)
    assert ask(tmp_path / "new", "SELECT count(*) FROM initiatives_pendinglist") == [(0,)]


def test_a_backup_is_made_beside_a_running_server_and_restoring_waits_for_its_end(tmp_path):
    data = tmp_path / "data"
    server = live_room.start(str(data))
    try:
        assert implere("backup", "--to", str(tmp_path / "b.zip"), IMPLERE_DATA=str(data)).returncode == 0
        refused = implere("restore", str(tmp_path / "b.zip"), IMPLERE_DATA=str(data))
        assert refused.returncode == 1 and "runs already" in refused.stderr
        second = implere("run", IMPLERE_DATA=str(data), IMPLERE_PORT=str(live_room.free_port()))
        assert second.returncode == 1 and "runs already" in second.stderr
    finally:
        server.stop()
    assert implere("restore", str(tmp_path / "b.zip"), IMPLERE_DATA=str(data)).returncode == 0
