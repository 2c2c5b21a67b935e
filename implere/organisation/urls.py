from django.urls import path

from implere.organisation import views

app_name = "organisation"
ORGANISATION = "organisations/<uuid:organisation_id>/"
urlpatterns = [
    path("organisations/new/", views.found, name="found"),
    path(ORGANISATION, views.organisation, name="organisation"),
    path(ORGANISATION + "name/", views.name, name="name"),
    path(ORGANISATION + "units/", views.units, name="units"),
    path(ORGANISATION + "units/<uuid:unit_id>/", views.unit, name="unit"),
    path(ORGANISATION + "units/<uuid:unit_id>/removal/", views.unit_removal, name="unit_removal"),
    path(ORGANISATION + "members/", views.members, name="members"),
    path(ORGANISATION + "wordings/", views.wordings, name="wordings"),
]
