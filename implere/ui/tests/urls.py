"""The catalogue's addresses beside the program's own."""

from django.urls import include, path

from implere.ui.tests.catalogue import PAGES, catalogue

urlpatterns = [
    *(path(f"parts/{name}.html", catalogue, {"name": name}) for name in PAGES),
    path("", include("implere.urls")),
]
