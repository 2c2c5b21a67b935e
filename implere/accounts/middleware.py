"""What is true of every request: its headers, its language, where it comes from."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.shortcuts import render
from django.utils import translation

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
OURS = "Implere"
LANGUAGE_COOKIE = "language"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def security_headers(get_response):
    """One policy for all pages: nothing from elsewhere, no inline script or style, framed by ourselves alone
    (the preview of the participant's page)."""

    def middleware(request):
        response = get_response(request)
        response.headers[OURS] = "1"  # the scripts tell our answers from a proxy's or a portal's by it
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if settings.HTTPS:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-cache, private")
        return response

    return middleware


def language(get_response):
    """The reader's own choice, else the installation's. A phone set to English is no wish for English:
    many Danish phones are."""

    def middleware(request):
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return middleware


def size_limit(get_response):
    """Refuses a request that says that it is larger than any form or file of ours, before it is read."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def no_null(get_response):
    """Takes the sign NUL out of what was typed: it says nothing, and PostgreSQL keeps no text that holds it. In an address it is
    a mistake."""

    def middleware(request):
        if "\0" in unquote(request.get_full_path()):
            return render(request, "400.html", status=400)
        if request.method == "POST" and any("\0" in v for _name, vs in request.POST.lists() for v in vs):
            typed = request.POST.copy()
            for name, values in request.POST.lists():
                typed.setlist(name, [value.replace("\0", "") for value in values])
            request.POST = typed
        return get_response(request)

    return middleware


def same_origin(get_response):
    """Refuses a change that another site asks for.

    By the browser's own word (Sec-Fetch-Site, else Origin) rather than by a token in each form, so that one
    rendering of a form serves a whole room; see docs/decisions/0003. A request with neither header comes from
    no browser and carries nobody's cookies by accident.
    """

    def middleware(request):
        if request.method not in SAFE_METHODS and not _same_origin(request):
            return render(request, "403.html", status=403)
        return get_response(request)

    return middleware


def _same_origin(request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return not origin or urlsplit(origin).netloc == request.get_host()
