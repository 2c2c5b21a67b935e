"""`implere check` says in words what is wrong; a setting that can't be used ends a command with one sentence."""

import os
import subprocess
import sys

import pytest

from implere.configuration import SETTINGS


def implere(*arguments, **env):
    """Runs the command; its answer with all that it said."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("IMPLERE_", "DJANGO_"))
    }
    run = [sys.executable, "-m", "implere.cli", *arguments]
    return subprocess.run(run, env=clean | env, capture_output=True, text=True, timeout=60)


@pytest.fixture
def data(tmp_path):
    """A data folder with the example in it."""
    assert implere("seed", IMPLERE_DATA=str(tmp_path)).returncode == 0
    return tmp_path


def test_what_is_in_order_is_in_order(data):
    answer = implere("check", IMPLERE_DATA=str(data))
    assert answer.returncode == 0 and answer.stdout.endswith("Everything is in order.\n"), answer.stderr
    assert "IMPLERE_MAIL" in answer.stdout  # where mails go is said, though it is no fault


def test_a_mail_server_that_is_not_there_is_pointed_out(data):
    server = {"IMPLERE_MAIL": "smtp://127.0.0.1:1", "IMPLERE_ADDRESS": "http://implere.example.dk"}
    answer = implere("check", IMPLERE_DATA=str(data), **server)
    assert answer.returncode == 1 and "127.0.0.1" in answer.stdout and "Traceback" not in answer.stderr
    answer = implere("check", IMPLERE_DATA=str(data), IMPLERE_MAIL="smtp://127.0.0.1:1")
    assert answer.returncode == 1 and "IMPLERE_ADDRESS" in answer.stdout


def test_check_changes_nothing(tmp_path):
    implere("check", IMPLERE_DATA=str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def others_can_read_the_key(data):
    (data / "secret-key").chmod(0o644)


def the_database_is_damaged(data):
    for file in data.glob("implere.sqlite3*"):
        file.write_bytes(b"SQLite format 3\0" + b"\xff" * 8192 if file.suffix == ".sqlite3" else b"")


def the_own_method_is_wrong(data):
    (data / "method").mkdir()
    (data / "method" / "questions.toml").write_text("[[question]]\nid = ")


@pytest.mark.parametrize(
    ("fault", "word"),
    [(others_can_read_the_key, "chmod 600"), (the_database_is_damaged, "backup"), (the_own_method_is_wrong, "questions.toml")],
)  # fmt: skip
def test_a_fault_is_said_with_what_to_do(data, fault, word):
    fault(data)
    answer = implere("check", IMPLERE_DATA=str(data))
    assert answer.returncode == 1 and word in answer.stdout and "Traceback" not in answer.stderr


def test_listening_to_the_network_without_an_address_is_pointed_out(data):
    answer = implere("check", IMPLERE_DATA=str(data), IMPLERE_HOST="0.0.0.0")
    assert answer.returncode == 1 and "IMPLERE_ADDRESS" in answer.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IMPLERE_PORT", "eighty"),
        ("IMPLERE_PORT", "0"),
        ("IMPLERE_ADDRESS", "example.dk"),
        ("IMPLERE_MAIL", "x"),
    ],
)
@pytest.mark.parametrize("command", [["run"], ["check"], ["seed"]])
def test_a_setting_that_cannot_be_used_is_one_sentence(tmp_path, command, name, value):
    answer = implere(*command, **{"IMPLERE_DATA": str(tmp_path), name: value})
    assert answer.returncode == 1
    assert name in answer.stderr and answer.stderr.count("\n") == 1


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    answer = implere("seed", IMPLERE_DATA=str(tmp_path / "file" / "data"))
    assert answer.returncode == 1 and answer.stderr.count("\n") == 1


def test_the_help_names_every_setting():
    text = implere("--help").stdout
    assert all(name in text for name in SETTINGS)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    answer = implere("import", str(tmp_path / "no.xlsx"), "--dry-run", IMPLERE_DATA=str(tmp_path / "none"))
    assert (answer.returncode, answer.stderr) == (1, f"There is no file {tmp_path / 'no.xlsx'}.\n")
    assert answer.stdout == ""


def test_seeding_again_changes_nothing(data):
    assert "already" in implere("seed", IMPLERE_DATA=str(data)).stdout
