"""The catalogue's addresses; the program itself does not have them."""

from django.urls import include, path

from implere.ui.views import catalogue


def shown(request, name="parts"):
    request.is_test = True
    return catalogue(request, name)


urlpatterns = [path("parts/<str:name>.html", shown, name="catalogue"), path("", include("implere.urls"))]
