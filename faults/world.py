"""What the rounds are played in: a data folder on a small disk of its own, one server on SQLite or two on PostgreSQL, and the hands
that do them harm."""

import asyncio
import contextlib
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.live_room import free_port

DISK = 96 * 2**20  # bytes of the small disk
START = 30  # seconds that a server may take to start


class World:
    """`servers` are the ports of those that run; a fault takes them away and brings them back."""

    def __init__(self, kind: str, folder: Path, postgresql=None):
        self.kind, self.folder, self.postgresql = kind, folder, postgresql
        self.clock = folder / "clock"
        self.clock.write_text("0")
        self._ports = [free_port() for _ in range(1 if kind == "sqlite" else 2)]
        self._processes: dict[int, subprocess.Popen] = {}
        self.notes: list[str] = []

    @property
    def database(self) -> Path:
        return self.folder / "data" / "implere.sqlite3"

    def ports(self) -> list[int]:
        """The ports of the servers that are alive, else all: somebody will be there again."""
        return [
            p for p in self._ports if p in self._processes and self._processes[p].poll() is None
        ] or self._ports

    async def start(self, port: int, point: str = "", nth: int = 0) -> None:
        """Starts a server and waits until it answers; with `point` it dies there when it comes by for the nth time."""
        environment = os.environ | {
            "IMPLERE_DATA": str(self.folder / "data"),
            "IMPLERE_PORT": str(port),
            "FAULT_CLOCK": str(self.clock),
            "FAULT_POINT": point,
            "FAULT_COUNT": str(nth),
        }
        until = time.monotonic() + START
        while time.monotonic() < until:
            with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "faults.server"], env=environment, stdout=log, stderr=log
                )
            self._processes[port] = process
            while process.poll() is None and time.monotonic() < until:
                with contextlib.suppress(OSError):
                    _reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.transport.abort()
                    return
                await asyncio.sleep(0.05)
            environment["FAULT_POINT"] = ""  # it died while it started; the next time it may start
        raise AssertionError(f"the server did not start; see {self.folder}.log")

    async def start_all(self) -> None:
        await asyncio.gather(*(self.start(port) for port in self._ports))

    async def revive(self) -> None:
        """Starts what has died."""
        for port in self._ports:
            if self._processes[port].poll() is not None:
                await self.start(port)

    def kill(self, port: int) -> None:
        self._processes[port].kill()
        self._processes[port].wait()

    def stop_all(self) -> None:
        for process in self._processes.values():
            process.kill()
            process.wait()

    def memory(self) -> int:
        """Kilobytes that the first server holds."""
        status = Path(f"/proc/{self._processes[self._ports[0]].pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def files(self) -> int:
        """Files and connections that the first server has open."""
        return len(list(Path(f"/proc/{self._processes[self._ports[0]].pid}/fd").iterdir()))

    # -- faults ---------------------------------------------------------------------------------------------------

    async def killed_in_a_command(self, chance: random.Random) -> str:
        from faults.server import POINTS

        point, nth = chance.choice(POINTS), chance.randint(1, 6)
        port = chance.choice(self._ports)
        self.kill(port)
        await self.start(port, point, nth)
        await asyncio.sleep(0.3 + chance.random())
        await self.revive()
        return f"killed: {point}, {nth}"

    async def killed(self, chance: random.Random) -> str:
        self.kill(chance.choice(self._ports))
        await asyncio.sleep(chance.random() * 0.4)
        await self.revive()
        return "killed"

    async def clock_is_set(self, chance: random.Random) -> str:
        self.clock.write_text(chance.choice(["3600", "-3600"]))
        await asyncio.sleep(0.5 + chance.random())
        self.clock.write_text("0")
        return "clock"

    async def file_is_locked(self, chance: random.Random) -> str:
        """Another process writes for a while, as a backup by other means may."""
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout=5000")
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(0.3 + chance.random())
            other.execute("ROLLBACK")
        return "locked"

    async def backed_up(self, chance: random.Random) -> str:
        to = self.folder / f"backup-{chance.random()}.zip"
        run = [sys.executable, "-m", "implere.cli", "backup", "--to", str(to)]
        process = await asyncio.create_subprocess_exec(
            *run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        await process.wait()
        to.unlink(missing_ok=True)
        return "backed up"

    async def disk_is_full(self, chance: random.Random) -> str:
        """The small disk is filled to its last byte, and emptied again."""
        filler = self.folder / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as out:
            for size in (1 << 20, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while True:
                        out.write(b"x" * size)
        await asyncio.sleep(0.4 + chance.random())
        filler.unlink()
        return "disk full"

    async def writes_fail(self, chance: random.Random) -> str:
        """No file of the server's may grow or be written: as on a disk that has become read-only."""
        pids = [process.pid for process in self._processes.values() if process.poll() is None]
        before = [(pid, resource.prlimit(pid, resource.RLIMIT_FSIZE)) for pid in pids]
        for pid, (_soft, hard) in before:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        await asyncio.sleep(0.4 + chance.random())
        for pid, limits in before:
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
        return "writes fail"

    async def database_is_killed(self, chance: random.Random) -> str:
        await asyncio.to_thread(self.postgresql.kill)
        await asyncio.sleep(chance.random() * 0.5)
        await asyncio.to_thread(self.postgresql.start)
        return "database killed"

    async def connections_are_ended(self, chance: random.Random) -> str:
        import psycopg

        with psycopg.connect(self.postgresql.address(), autocommit=True) as line:
            line.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'implere'"
            )
        return "connections ended"

    def faults(self) -> list:
        both = [self.killed_in_a_command, self.killed_in_a_command, self.killed, self.clock_is_set]
        if self.kind == "postgresql":
            return [*both, self.database_is_killed, self.connections_are_ended]
        return [*both, self.file_is_locked, self.backed_up, self.writes_fail] + [
            self.disk_is_full
        ] * os.path.ismount(self.folder)


@contextlib.contextmanager
def small_disk():
    """A folder on a file system of its own, where the system lets us make one; else an ordinary folder."""
    folder = Path(tempfile.mkdtemp(prefix="implere-faults-"))
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "tmpfs", str(folder)], capture_output=True
    )
    try:
        yield folder
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)
