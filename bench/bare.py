"""A bare ASGI app: POST /notes/ goes to everybody who listens on GET /stream/, filled up to as many bytes as ours sends."""

import asyncio
import os

BYTES = int(os.environ.get("BYTES", "600"))
listeners: set[asyncio.Queue] = set()


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    if scope["path"] != "/stream/":
        note = (await receive())["body"]
        chunk = b"data: " + note.ljust(BYTES - 8, b" ") + b"\n\n"
        for listener in listeners:
            listener.put_nowait(chunk)
        await _head(send, b"text/plain")
        await send({"type": "http.response.body", "body": b"ok"})
        return
    mine: asyncio.Queue = asyncio.Queue()
    listeners.add(mine)
    try:
        await _head(send, b"text/event-stream")
        while True:
            await send({"type": "http.response.body", "body": await mine.get(), "more_body": True})
    finally:
        listeners.discard(mine)


async def _head(send, kind: bytes):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
