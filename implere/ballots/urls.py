from django.urls import path

from implere.ballots import views

app_name = "ballots"
ACTIVITY = "m/<uuid:meeting_id>/activities/<uuid:activity_id>/"
SUBJECT = ACTIVITY + "subjects/<uuid:subject_id>/"
urlpatterns = [
    path(ACTIVITY + "answers/", views.answers, name="answers"),
    path(ACTIVITY + "reveal/", views.reveal, name="reveal"),
    path(ACTIVITY + "reveal/hiding/", views.hiding, name="hiding"),
    path(SUBJECT + "revote/", views.revote, name="revote"),
    path(SUBJECT + "revote/reveal/", views.revote_reveal, name="revote_reveal"),
    path(ACTIVITY + "choice/", views.choice, name="choice"),
]
