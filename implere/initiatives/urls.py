from django.urls import path

from implere.initiatives import views

app_name = "initiatives"
CYCLE = "cycles/<uuid:cycle_id>/"
INITIATIVE = CYCLE + "initiatives/<uuid:initiative_id>/"
urlpatterns = [
    path("organisations/<uuid:organisation_id>/cycles/new/", views.new_cycle, name="new_cycle"),
    path(CYCLE + "initiatives/", views.initiatives, name="initiatives"),
    path(CYCLE + "initiatives/new/", views.initiative, name="new_initiative"),
    path(INITIATIVE, views.initiative, name="initiative"),
    path(INITIATIVE + "removal/", views.removal, name="removal"),
    path(INITIATIVE + "restoring/", views.restoring, name="restoring"),
    path(CYCLE + "lists/new/", views.new_list, name="new_list"),
    path(CYCLE + "lists/pending/<uuid:pending_id>/", views.pending, name="pending"),
    path(CYCLE + "lists/pending/<uuid:pending_id>/accepting/", views.accepting, name="accepting"),
    path(CYCLE + "lists/<uuid:list_id>/undoing/", views.undoing, name="undoing"),
]
