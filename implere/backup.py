"""A backup is one file: a copy of the database, made while the program runs, with a list of what must be in it. It is SQLite's file
whatever the program runs on, so that a backup of the one can be restored into the other.

The keys of open anonymous activities are left out: whoever reads a backup can tie nobody to what was written. The secret key is not in it
either. Restoring gives open activities new keys; what was written before is then owned by nobody, as when an activity is reopened.
"""

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from implere import moving
from implere.configuration import sqlite

FORMAT = "implere-backup/1"
DATABASE, MANIFEST = "implere.sqlite3", "manifest.json"
KEYS = "meetings_activitykey"


class BackupError(Exception):
    """What is wrong with a backup, in one sentence."""


def make(configuration, to: Path) -> dict:
    """Writes a backup of the database to a new file; returns its manifest. The database may be in use meanwhile."""
    if not configuration.postgresql and not configuration.database_file.exists():
        raise BackupError(f"There is no database {configuration.database_file} to back up.")
    if to.exists():
        raise BackupError(f"{to} exists already: give another name.")
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        copy = Path(folder) / DATABASE
        _copy(configuration, copy)
        _leave_out_keys(copy)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "sha256": _hash(copy),
            "counts": _counts(copy),
        }
        unfinished = Path(folder) / "backup.zip"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            archive.write(copy, DATABASE)
        unfinished.chmod(0o600)
        unfinished.rename(to)
    return manifest


def _copy(configuration, copy: Path) -> None:
    if configuration.postgresql:
        with moving.opened(sqlite(copy)) as alias:
            moving.move("default", alias)
        return
    source = sqlite3.connect(f"file:{configuration.database_file}?mode=ro", uri=True, timeout=20)
    target = sqlite3.connect(copy)
    with closing(source), closing(target):
        source.backup(target)


def _leave_out_keys(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as target:
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("PRAGMA secure_delete=ON")
        if target.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [KEYS]).fetchone():
            target.execute(f"DELETE FROM {KEYS}")
        target.commit()
        target.execute("VACUUM")


def _hash(file: Path) -> str:
    with file.open("rb") as bytes_:
        return hashlib.file_digest(bytes_, "sha256").hexdigest()


def _counts(file: Path) -> dict[str, int]:
    """{table: rows}."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def verify(file: Path) -> dict:
    """The manifest of a backup that is whole; else BackupError."""
    with tempfile.TemporaryDirectory() as folder:
        return _unpack(file, Path(folder) / DATABASE)


def _unpack(file: Path, to: Path) -> dict:
    """Unpacks the database, and checks it by its hash, its counts and SQLite's own rules."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            with archive.open(DATABASE) as packed, to.open("wb") as out:
                while part := packed.read(1 << 20):
                    out.write(part)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zipfile.zlib.error) as error:
        raise BackupError(f"{file} is no backup that can be read: {error}.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupError(f"{file} is no backup of this program: its format is not {FORMAT}.")
    if _hash(to) != manifest.get("sha256"):
        raise BackupError(f"{file} was changed or damaged after it was made: its hash is another.")
    try:
        if _counts(to) != manifest.get("counts"):
            raise BackupError(f"{file} does not hold the rows that its list says.")
        with closing(sqlite3.connect(to)) as connection:
            faults = (
                connection.execute("PRAGMA integrity_check").fetchall()
                + connection.execute("PRAGMA foreign_key_check").fetchall()
            )
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The database in {file} can't be read: {error}.") from None
    if faults != [("ok",)]:
        raise BackupError(f"The database in {file} is damaged: {faults[0]}.")
    return manifest


def restore(file: Path, configuration) -> Path | None:
    """Puts the backup in the database's place. What stood there is backed up first; its file is returned. The program must not
    be running."""
    configuration.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=configuration.data) as folder:
        fresh = Path(folder) / DATABASE
        _unpack(file, fresh)
        kept = None
        if _holds_something(configuration):
            kept = new_name(configuration.data, "before-restoring")
            make(configuration, kept)
        if configuration.postgresql:
            _put_into_postgresql(fresh)
        else:
            for beside in ("-wal", "-shm"):
                Path(f"{configuration.database_file}{beside}").unlink(missing_ok=True)
            fresh.replace(configuration.database_file)
    return kept


def _holds_something(configuration) -> bool:
    if configuration.postgresql:
        return "django_migrations" in connection.introspection.table_names()
    return configuration.database_file.exists()


def _put_into_postgresql(fresh: Path) -> None:
    with moving.opened(sqlite(fresh)) as alias, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        moving.move(alias, "default")


def new_name(data: Path, why: str) -> Path:
    """A file in the folder of backups that is not there yet."""
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name, number = data / "backups" / f"{why}-{moment}.zip", 2
    while name.exists():
        name, number = data / "backups" / f"{why}-{moment}-{number}.zip", number + 1
    return name
