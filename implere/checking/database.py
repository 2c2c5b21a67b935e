"""The database: is it there, is it whole, does it keep what it has said yes to."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError, connection

OLDEST = 15  # PostgreSQL
FAR_AWAY = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs")
# setting -> the values of it that may lose what was acknowledged, and what happens then
UNSAFE = {
    "fsync": (("off",), "what was said yes to may be lost, and the database damaged, when the power goes"),
    "full_page_writes": (("off",), "the database may be damaged when the power goes"),
    "synchronous_commit": (("off",), "the last seconds may be lost when PostgreSQL stops hard"),
}


def sqlite(configuration) -> list[str]:
    file = configuration.database_file
    if not file.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as opened:
            answer = opened.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        return [f"The database {file} can't be read ({error}): restore it from a backup."]
    return [] if answer == "ok" else [f"The database {file} is damaged ({answer}): restore it from a backup."]


def place(configuration, mounts: Path = Path("/proc/mounts")) -> list[str]:
    """SQLite's file must lie on a disk of the machine's own."""
    if not mounts.exists():
        return []
    over = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    folder = configuration.data
    holding = [(len(at), kind) for at, kind in over if folder.is_relative_to(at.replace("\\040", " "))]
    kind = max(holding)[1] if holding else ""
    if kind not in FAR_AWAY:
        return []
    return [
        f"The data folder {folder} lies on a network file system ({kind}), where SQLite may lose what was written: put it"
        " on a disk of this machine, or use PostgreSQL."
    ]


def postgresql(configuration) -> list[str]:
    where = " and ".join(
        f"{host}:{port}" if port else host for host, port in _hosts(configuration.postgresql)
    )
    try:
        with connection.cursor() as cursor:
            return _settings(cursor) + _rights(cursor)
    except DatabaseError as error:
        words = " ".join(str(error).split())
        return [f"PostgreSQL ({where}) can't be used: {words.rstrip('.')}. Look at IMPLERE_DATABASE."]
    finally:
        connection.close()


def _hosts(parameters: dict) -> list[tuple[str, str]]:
    hosts = parameters.get("host", "the local socket").split(",")
    ports = parameters.get("port", "").split(",")
    return [(host, ports[number] if number < len(ports) else ports[-1]) for number, host in enumerate(hosts)]


def _settings(cursor) -> list[str]:
    cursor.execute(
        "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')"
    )
    version, encoding = cursor.fetchone()
    found = []
    if version < OLDEST:
        found.append(f"PostgreSQL is of version {version}: Implere needs {OLDEST} or newer. Upgrade it.")
    if encoding != "UTF8":
        found.append(
            f"The database's encoding is {encoding}: make it anew with ENCODING 'UTF8', and move to it."
        )
    for name, (unsafe, what) in UNSAFE.items():
        cursor.execute("SELECT current_setting(%s)", [name])
        if (value := cursor.fetchone()[0]) in unsafe:
            found.append(f"PostgreSQL's {name} is {value}: {what}. Set it to on.")
    cursor.execute(
        "SELECT current_setting('synchronous_standby_names'), current_setting('synchronous_commit')"
    )
    standbys, commit = cursor.fetchone()
    if standbys and commit == "local":
        found.append(
            "PostgreSQL's synchronous_commit is local: no standby has what was said yes to. Set it to on."
        )
    return found


def _rights(cursor) -> list[str]:
    cursor.execute("SELECT current_user, has_schema_privilege(current_schema(), 'CREATE')")
    user, may = cursor.fetchone()
    return [] if may else [f"The user {user} may make no tables: make it the owner of the database."]


def walls(configuration) -> list[str]:
    """What belongs to one organisation and points into another."""
    if not configuration.postgresql and (not configuration.database_file.exists() or sqlite(configuration)):
        return []
    from implere.organisation.walls import crossings

    try:
        return list(crossings())
    except DatabaseError:
        return []  # one of an earlier version, brought up to date when the program starts; or it was said above
    finally:
        connection.close()
