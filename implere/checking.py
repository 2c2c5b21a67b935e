"""What `implere check` looks at. Each fault is a sentence that says what to do."""

import os
import shutil
import smtplib
import sqlite3
from pathlib import Path

from django.core.checks import ERROR, run_checks
from django.core.mail import get_connection
from django.db import DatabaseError

from implere.method import frameworks, reader


def faults(configuration) -> list[str]:
    """The sentences for all that is wrong; empty where everything is in order. Changes nothing."""
    found = [
        check(configuration)
        for check in (
            _data_folder,
            _secret_key,
            _space,
            _database,
            _walls,
            _method,
            _address,
            _mail,
            _front_end,
        )
    ]
    found += [f"{fault.msg}" for fault in run_checks() if fault.level >= ERROR]
    return [sentence for sentence in found if sentence]


def _data_folder(configuration) -> str:
    folder: Path = configuration.data
    if not folder.exists():
        parent = next(p for p in folder.parents if p.exists())
        if not os.access(parent, os.W_OK):
            return f"The data folder {folder} does not exist and can't be made: give this user write access to {parent}."
        return ""
    if not os.access(folder, os.W_OK):
        return f"The data folder {folder} can't be written to: give this user write access."
    return ""


def _secret_key(configuration) -> str:
    file = configuration.data / "secret-key"
    if file.exists() and file.stat().st_mode & 0o077:
        return f"Others can read {file}: run chmod 600 on it."
    return ""


def _space(configuration) -> str:
    existing = next(p for p in (configuration.data, *configuration.data.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    return (
        f"Only {free // 2**20} MB are free where the data is kept: make room." if free < 200 * 2**20 else ""
    )


def _database(configuration) -> str:
    file = configuration.data / "implere.sqlite3"
    if not file.exists():
        return ""
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as connection:
            answer = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        return f"The database {file} can't be read ({error}): restore it from a backup."
    return "" if answer == "ok" else f"The database {file} is damaged ({answer}): restore it from a backup."


def _walls(configuration) -> str:
    if not (configuration.data / "implere.sqlite3").exists() or _database(configuration):
        return ""
    from implere.organisation.walls import crossings

    try:
        return " ".join(crossings())
    except DatabaseError:
        return ""  # a database of an earlier version; it is brought up to date when the program starts


def _method(configuration) -> str:
    try:
        reader.load()
        frameworks.load()
    except reader.MethodError as error:
        return f"Your own method in {configuration.data / 'method'} can't be used. {error}"
    return ""


def _address(configuration) -> str:
    if configuration.host not in ("127.0.0.1", "localhost", "::1") and not configuration.address:
        return (
            "IMPLERE_ADDRESS is not set although the server listens to the network: set it to the address that people"
            " use, so that links are right and cookies are kept to https."
        )
    return ""


def remarks(configuration) -> list[str]:
    """What is no fault, but worth knowing."""
    if configuration.mail is None:
        return [
            f"There is no mail server: mails are written to {configuration.mail_folder} and nobody gets them. Set IMPLERE_MAIL"
            " to send them."
        ]
    return []


def _mail(configuration) -> str:
    if configuration.mail is None:
        return ""
    if not configuration.address:
        return "IMPLERE_MAIL is set, but not IMPLERE_ADDRESS: the links in the mails would lead nowhere."
    try:
        connection = get_connection(timeout=5)
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        return (
            f"The mail server {configuration.mail.host} can't be used ({type(error).__name__}): look at IMPLERE_MAIL and the"
            " network. Mails wait meanwhile."
        )
    return ""


def _front_end(configuration) -> str:
    built = Path(__file__).parent / "ui" / "static" / "ui" / "built" / "main.css"
    return (
        "" if built.exists() else "The front end is not built: run make setup, or install a released wheel."
    )
