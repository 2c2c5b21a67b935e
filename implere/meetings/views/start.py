"""The start page: the cycles of one's organisations, with their meetings."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from implere.accounts.access import for_audience
from implere.initiatives.models import Cycle
from implere.organisation.reach import organisations_of


@for_audience("anyone")
@require_GET
def start(request):
    if not request.user.is_authenticated:
        return redirect("meetings:join")
    organisations = organisations_of(request.user)
    if not organisations:
        return redirect("organisation:found")
    cycles = Cycle.objects.filter(organisation__in=organisations).prefetch_related("meetings")
    facts = {"organisations": organisations, "cycles": cycles.select_related("organisation")}
    return render(request, "meetings/start.html", facts)
