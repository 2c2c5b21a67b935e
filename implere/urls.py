"""Every address of the program, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("implere.watching")),
    path("", include("implere.accounts.urls")),
    path("", include("implere.organisation.urls")),
    path("", include("implere.initiatives.urls")),
    path("", include("implere.meetings.urls")),
    path("", include("implere.boards.urls")),
    path("", include("implere.ballots.urls")),
    path("", include("implere.decisions.urls")),
    path("", include("implere.followup.urls")),
    path("", include("implere.practice.urls")),
    path("", include("implere.insight.urls")),
    path("", include("implere.reports.urls")),
]

handler500 = "implere.errors.failed"
