"""The WSGI application: everything but the stream."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "implere.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

from implere.live import metrics  # noqa: E402


def unless_gone(application):
    """Draws no page for who has left: a crowd that asks again and again would keep the threads busy with the past. What is posted
    is always done."""

    def answer(environ, start_response):
        transport = environ.get("asgi.scope", {}).get("implere.transport")
        if transport and environ["REQUEST_METHOD"] == "GET" and transport.is_closing():
            metrics.count("implere_pages_abandoned_total")
            start_response("503 Service Unavailable", [])
            return []
        return application(environ, start_response)

    return answer


application = unless_gone(get_wsgi_application())
