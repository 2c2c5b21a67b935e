from django.urls import path

from implere.decisions import views

app_name = "decisions"
ACTIVITY = "m/<uuid:meeting_id>/activities/<uuid:activity_id>/"
SUBJECT = ACTIVITY + "subjects/<uuid:subject_id>/"
urlpatterns = [
    path(ACTIVITY + "agreement/", views.agreement, name="agreement"),
    path(SUBJECT + "placement/", views.placement, name="placement"),
    path(SUBJECT + "reopening/", views.reopening, name="reopening"),
    path(SUBJECT + "proposal/", views.proposal, name="proposal"),
    path(SUBJECT + "next-step/", views.next_step, name="next_step"),
    path("decisions/<uuid:decision_id>/", views.decision, name="decision"),
    path("decisions/<uuid:decision_id>/confirmation/", views.confirmation, name="confirmation"),
    path("details/<str:secret>/", views.details, name="details"),
    path("cycles/<uuid:cycle_id>/", views.cycle, name="cycle"),
]
