"""A small HTTP client for asyncio: one connection that is kept as long as the server keeps it."""

import asyncio


class Caller:
    """One device's connection; `source` is the address that it comes from."""

    def __init__(self, port: int, source: str = "127.0.0.1"):
        self._port = port
        self._source = source
        self._streams = None
        self._busy = asyncio.Lock()

    async def ask(self, method: str, path: str, headers: dict | None = None, body: str = ""):
        """(status, headers, body) of the answer. A connection that the server let go is opened again."""
        async with self._busy:
            kept = self._streams is not None and not self._streams[0].at_eof()
            try:
                return await self._ask(method, path, headers or {}, body)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if not kept:
                    raise
                return await self._ask(method, path, headers or {}, body)

    async def _ask(self, method, path, headers, body):
        if self._streams is None or self._streams[0].at_eof():
            self.close()
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self._port, local_addr=(self._source, 0)
            )
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{self._port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if method == "POST":
            lines.append(f"content-length: {len(body.encode())}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found: dict[str, list[str]] = {}
        for line in head[1:-2]:
            name, _sep, value = line.partition(":")
            found.setdefault(name.lower(), []).append(value.strip())
        answer = await self._body(reader, found)
        if found.get("connection") == ["close"]:
            self.close()
        return int(head[0].split()[1]), found, answer

    @staticmethod
    async def _body(reader, found) -> bytes:
        if "content-length" in found:
            return await reader.readexactly(int(found["content-length"][0]))
        if "transfer-encoding" not in found:
            return b""
        whole = []
        while size := int(await reader.readline(), 16):
            whole.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readexactly(2)
        return b"".join(whole)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None
