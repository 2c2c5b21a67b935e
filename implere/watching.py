"""What an operator's tools ask: is it alive, is it ready, what does it count."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from implere.accounts.access import for_audience
from implere.live import metrics as counted

FROM_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")
PLAIN = "text/plain; charset=utf-8"


@for_audience("anyone")
@require_GET
def live(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@for_audience("anyone")
@require_GET
def ready(request):
    """The process answers and its database does: 200, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM live_channel LIMIT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type=PLAIN)
    return HttpResponse("ok\n", content_type=PLAIN)


@for_audience("anyone")
@require_GET
def metrics(request):
    """For the machine itself alone: not through a proxy, not from elsewhere."""
    here = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
    public = urlsplit(settings.BASE_ADDRESS).hostname or ""
    through_a_proxy = any(name in request.headers for name in FROM_A_PROXY)
    if not here or through_a_proxy or request.get_host().partition(":")[0] == public:
        raise Http404
    return HttpResponse(counted.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


urlpatterns = [
    path("health/", live, name="live"),
    path("health/ready/", ready, name="ready"),
    path("metrics/", metrics, name="metrics"),
]
