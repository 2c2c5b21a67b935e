from django.urls import path

from implere.reports import views

app_name = "reports"
MEETING = "m/<uuid:meeting_id>/"
urlpatterns = [
    path(MEETING + "minutes/", views.minutes, name="minutes"),
    path(MEETING + "minutes/appendix/", views.appendix, name="appendix"),
    path(MEETING + "minutes.xlsx", views.workbook, name="workbook"),
    path(MEETING + "meeting.json", views.everything, name="everything"),
]
