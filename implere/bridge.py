"""Django behind the server: sync, on a few threads with kept connections, one trip to a thread and back for each request.

a2wsgi makes WSGI's environment; its own way of answering crosses between loop and thread for each part of an answer, which cost
more than the whole of a small command.
"""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from a2wsgi.wsgi import build_environ


class Bridge:
    """An ASGI application that answers by a WSGI application. It takes a body that comes whole (bodies.py); of one that says itself
    that it is too large nothing more is read, and the application refuses it by its length."""

    def __init__(self, application, threads: int):
        self._application = application
        self._threads = ThreadPoolExecutor(threads, "django")

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        body = (await receive()).get("body", b"")
        loop = asyncio.get_running_loop()
        status, headers, answer = await loop.run_in_executor(self._threads, self._ask, scope, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _ask(self, scope, body: bytes) -> tuple[int, list, bytes]:
        environ = build_environ(scope, BytesIO(body))
        environ["wsgi.errors"] = sys.stderr
        begun = []

        def start_response(status, headers, exc_info=None):
            begun[:] = (
                int(status[:3]),
                [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers],
            )

        parts = self._application(environ, start_response)
        try:
            answer = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return begun[0], begun[1], answer
