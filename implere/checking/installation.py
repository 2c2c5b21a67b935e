"""The machine and what is installed on it."""

import os
import shutil
from pathlib import Path

from implere.method import frameworks, reader

LEAST_SPACE = 200 * 2**20  # bytes


def data_folder(configuration) -> list[str]:
    folder: Path = configuration.data
    if not folder.exists():
        parent = next(p for p in folder.parents if p.exists())
        if not os.access(parent, os.W_OK):
            return [
                f"The data folder {folder} does not exist and can't be made: give this user write access to {parent}."
            ]
    elif not os.access(folder, os.W_OK):
        return [f"The data folder {folder} can't be written to: give this user write access."]
    return []


def secret_key(configuration) -> list[str]:
    file = configuration.data / "secret-key"
    if file.exists() and file.stat().st_mode & 0o077:
        return [f"Others can read {file}: run chmod 600 on it."]
    return []


def space(configuration) -> list[str]:
    existing = next(p for p in (configuration.data, *configuration.data.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    what = "the backups are kept" if configuration.postgresql else "the data is kept"
    return [f"Only {free // 2**20} MB are free where {what}: make room."] if free < LEAST_SPACE else []


def method(configuration) -> list[str]:
    try:
        reader.load()
        frameworks.load()
    except reader.MethodError as error:
        return [f"Your own method in {configuration.data / 'method'} can't be used. {error}"]
    return []


def address(configuration) -> list[str]:
    if configuration.host in ("127.0.0.1", "localhost", "::1") or configuration.address:
        return []
    return [
        "IMPLERE_ADDRESS is not set although the server listens to the network: set it to the address that people"
        " use, so that links are right and cookies are kept to https."
    ]


def front_end(configuration) -> list[str]:
    built = Path(__file__).parents[1] / "ui" / "static" / "ui" / "built" / "main.css"
    return (
        [] if built.exists() else ["The front end is not built: run make setup, or install a released wheel."]
    )
