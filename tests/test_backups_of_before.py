"""A real backup of every version that was released is restored into the program of today, on both databases, and opened."""

import json
import re
import urllib.request
import zipfile
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest

from tests import live_room, postgresql
from tests.test_backup import ask
from tests.test_the_command_line import implere

FILES = sorted((Path(__file__).parent / "files").glob("backup-*.zip"))
KEPT = (
    "boards_note",
    "meetings_activity",
    "meetings_participant",
    "initiatives_initiative",
    "ballots_answer",
    "live_event",
)


def test_there_is_one_of_the_first_version():
    assert "backup-0.1.zip" in [file.name for file in FILES]


@pytest.fixture(scope="module")
def server():
    with postgresql.running() as address:
        yield address


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_restored_and_opened(file, kind, tmp_path, request):
    settings = {"IMPLERE_DATA": str(tmp_path), "IMPLERE_DATABASE": ""}
    if kind == "postgresql":
        name = re.sub(r"\W", "_", file.stem)
        settings["IMPLERE_DATABASE"] = postgresql.create_database(request.getfixturevalue("server"), name)
    restored = implere("restore", str(file), **settings)
    assert restored.returncode == 0, restored.stderr
    with zipfile.ZipFile(file) as archive:
        said = json.loads(archive.read("manifest.json"))["counts"]
    assert {table: rows(tmp_path, settings, table) for table in KEPT if table in said} == {
        table: said[table] for table in KEPT if table in said
    }
    running = live_room.start(str(tmp_path), environment=settings)
    try:
        for name, words in (("desk", "<main"), ("screen", "<main"), ("join", 'data-ticket="')):
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            answer = browser.open(running.lines[name])
            assert answer.status == 200 and words in answer.read().decode()
    finally:
        running.stop()
    assert implere("backup", "--to", str(tmp_path / "again.zip"), **settings).returncode == 0


def rows(folder, settings, table: str) -> int:
    if address := settings["IMPLERE_DATABASE"]:
        with psycopg.connect(address) as line:
            return line.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return ask(folder, f"SELECT count(*) FROM {table}")[0][0]
