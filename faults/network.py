"""A bad network: a proxy on loopback between one phone and the servers, that does what networks and proxies do."""

import asyncio
import contextlib
import random

KINDS = ("cut", "delayed", "repeated", "half_open", "hanging")


class Network:
    """Passes on what it gets to one of `servers()` (ports). `trouble` is the kind of fault that a new connection may meet now."""

    def __init__(self, servers, chance: random.Random):
        self._servers = servers
        self._chance = chance
        self.trouble = ""
        self._open: set[asyncio.Task] = set()

    async def start(self) -> int:
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._listening.close()
        for task in list(self._open):
            task.cancel()

    def cut_all(self) -> None:
        for task in list(self._open):
            task.cancel()

    async def _serve(self, reader, writer) -> None:
        task = asyncio.current_task()
        self._open.add(task)
        there = None
        try:
            from_there, there = await asyncio.open_connection(
                "127.0.0.1", self._chance.choice(self._servers())
            )
            asked = await reader.read(65536)
            kind = self.trouble if self._chance.random() < 0.7 else ""
            if kind == "hanging":
                await asyncio.sleep(1.5)
                return
            if kind == "delayed":
                await asyncio.sleep(self._chance.random() * 0.6)
            if kind == "repeated" and asked.startswith(b"POST"):
                asyncio.get_running_loop().call_later(self._chance.random(), self._again, asked)
            there.write(asked)
            await there.drain()
            await self._answer(from_there, writer, kind)
        except (OSError, asyncio.IncompleteReadError):
            pass
        except asyncio.CancelledError:
            pass
        finally:
            self._open.discard(task)
            for each in (writer, there):
                if each:
                    with contextlib.suppress(OSError):
                        each.transport.abort()

    async def _answer(self, from_there, writer, kind: str) -> None:
        left = self._chance.randrange(1, 3000) if kind in ("cut", "half_open") else None
        while data := await from_there.read(65536):
            if left is not None and len(data) > left:
                writer.write(data[:left])
                await writer.drain()
                if kind == "half_open":
                    await asyncio.sleep(1.5)
                return
            left = None if left is None else left - len(data)
            writer.write(data)
            await writer.drain()

    def _again(self, asked: bytes) -> None:
        """The same request comes once more, late, and nobody reads the answer."""

        async def send():
            with contextlib.suppress(OSError):
                _reader, there = await asyncio.open_connection(
                    "127.0.0.1", self._chance.choice(self._servers())
                )
                there.write(asked)
                await there.drain()
                await asyncio.sleep(0.5)
                there.transport.abort()

        task = asyncio.get_running_loop().create_task(send())
        self._open.add(task)
        task.add_done_callback(self._open.discard)
