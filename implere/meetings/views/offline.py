"""The worker that opens the participant's page without a network. It may only see addresses below its own, so it is served here."""

from django.contrib.staticfiles import finders
from django.http import FileResponse
from django.views.decorators.http import require_GET

from implere.accounts.access import for_audience


@for_audience("anyone")
@require_GET
def worker(request):
    return FileResponse(open(finders.find("ui/built/sw.js"), "rb"), content_type="text/javascript")
