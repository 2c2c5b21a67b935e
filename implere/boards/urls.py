from django.urls import path

from implere.boards import views

app_name = "boards"
ACTIVITY = "m/<uuid:meeting_id>/activities/<uuid:activity_id>/"
NOTE = ACTIVITY + "notes/<uuid:note_id>/"
ZONE = ACTIVITY + "themes/<uuid:zone_id>/"
urlpatterns = [
    path(ACTIVITY + "notes/", views.notes, name="notes"),
    path(NOTE + "wording/", views.wording, name="wording"),
    path(NOTE + "removal/", views.removal, name="removal"),
    path(NOTE + "place/", views.place, name="place"),
    path(NOTE + "desk-place/", views.desk_place, name="desk_place"),
    path(NOTE + "taking-away/", views.taking_away, name="taking_away"),
    path(NOTE + "taking-in/", views.taking_in, name="taking_in"),
    path(NOTE + "leaving-out/", views.leaving_out, name="leaving_out"),
    path(NOTE + "striking/", views.striking, name="striking"),
    path(NOTE + "parting/", views.parting, name="parting"),
    path(ACTIVITY + "showing/", views.showing, name="showing"),
    path(ACTIVITY + "hiding/", views.hiding, name="hiding"),
    path(ACTIVITY + "themes/", views.themes, name="themes"),
    path(ZONE + "name/", views.theme_name, name="theme_name"),
    path(ZONE + "removal/", views.theme_removal, name="theme_removal"),
    path(ACTIVITY + "putting-together/", views.putting_together, name="putting_together"),
    path(ACTIVITY + "gathering/", views.gathering, name="gathering"),
    path(ACTIVITY + "paper/", views.paper, name="paper"),
]
