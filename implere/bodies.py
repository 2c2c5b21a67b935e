"""A request's body is received whole before Django's few threads see the request, so that nobody who sends slowly holds one of them."""

from django.conf import settings

SMALL = 32 * 1024  # bytes: more than any command of a phone's
LARGE_TOGETHER = 64 * 2**20  # bytes of larger bodies that are on their way at once


class WholeBodies:
    """An ASGI application around another. What says itself that it is too large is handed on unread: Django refuses it in words."""

    def __init__(self, application):
        self._application = application
        self._large = 0

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            return await self._application(scope, receive, send)
        if _too_large_by_its_own_word(scope):
            return await self._application(scope, _once(b"", receive), send)
        body, counted = bytearray(), 0
        try:
            more = True
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    return None  # it has gone
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > SMALL:
                    self._large += len(body) - counted
                    counted = len(body)
                if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                    return await _refuse(send, 413, b"This is larger than anything that is sent here.")
                if self._large > LARGE_TOGETHER:
                    return await _refuse(
                        send, 503, b"Too many files are on their way. Try again in a minute."
                    )
            return await self._application(scope, _once(bytes(body), receive), send)
        finally:
            self._large -= counted


def _too_large_by_its_own_word(scope) -> bool:
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return not said.isdigit() or int(said) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _once(body: bytes, receive):
    """Gives the body, and after that what the server has to say."""
    given = False

    async def receive_whole():
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_whole


async def _refuse(send, status: int, words: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
