from django.urls import path

from implere.insight import views

app_name = "insight"
ORGANISATION = "organisations/<uuid:organisation_id>/"
urlpatterns = [
    path("initiatives/<uuid:initiative_id>/", views.initiative, name="initiative"),
    path("initiatives/<uuid:initiative_id>/advisor/", views.advisor, name="advisor"),
    path(ORGANISATION + "traces/", views.insights, name="insights"),
    path(ORGANISATION + "traces/<slug:trace>/", views.trace, name="trace"),
    path(ORGANISATION + "traces/<slug:trace>/recognition/", views.recognition, name="recognition"),
    path(ORGANISATION + "advisor/", views.table, name="advisor_table"),
]
