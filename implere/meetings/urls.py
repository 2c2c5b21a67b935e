from django.urls import path

from implere.meetings.views import facilitating, history, joining, offline, participants, preparing, start

app_name = "meetings"
MEETING = "m/<uuid:meeting_id>/"
ACTIVITY = MEETING + "activities/<uuid:activity_id>/"
urlpatterns = [
    path("", start.start, name="start"),
    path("cycles/<uuid:cycle_id>/meetings/new/", preparing.new_meeting, name="new_meeting"),
    path(MEETING + "prepare/", preparing.prepare, name="prepare"),
    path(MEETING + "activities/", preparing.activities, name="activities"),
    path(MEETING + "facilitators/", preparing.facilitators, name="facilitators"),
    path(MEETING + "paper/", preparing.paper, name="paper"),
    path(MEETING + "committee/", preparing.committee, name="committee"),
    path(ACTIVITY + "words/", preparing.activity, name="activity"),
    path(ACTIVITY + "removal/", preparing.activity_removal, name="activity_removal"),
    path(ACTIVITY + "place/", preparing.activity_place, name="activity_place"),
    path("join/", joining.join, name="join"),
    path("j/<str:code>/", joining.join_by_code, name="join_by_code"),
    path("j/<str:code>/<str:key>/", joining.join_by_code, name="join_by_key"),
    path("m/sw.js", offline.worker, name="worker"),
    path(MEETING, participants.participant, name="participant"),
    path(MEETING + "group/", participants.sit_down, name="sit_down"),
    path(MEETING + "ticket/<str:surface>/", participants.new_ticket, name="ticket"),
    path(ACTIVITY + "name/", participants.name, name="name"),
    path(ACTIVITY + "mine/", participants.mine, name="mine"),
    path(MEETING + "desk/", facilitating.desk, name="desk"),
    path(MEETING + "screen/", facilitating.screen_of, name="screen_of"),
    path(MEETING + "screen/<str:key>/", facilitating.screen, name="screen"),
    path(MEETING + "qr/<str:key>/", joining.qr, name="qr"),
    path(MEETING + "opening/", facilitating.open_meeting, name="open_meeting"),
    path(MEETING + "closing/", facilitating.close_meeting, name="close_meeting"),
    path(MEETING + "groups/", facilitating.deal_groups, name="deal_groups"),
    path(MEETING + "undoing/", facilitating.undo, name="undo"),
    path(MEETING + "redoing/", facilitating.redo, name="redo"),
    path(MEETING + "release/", facilitating.release, name="release"),
    path(ACTIVITY + "opening/", facilitating.open_activity, name="open_activity"),
    path(ACTIVITY + "closing/", facilitating.close_activity, name="close_activity"),
    path(ACTIVITY + "focus/", facilitating.focus, name="focus"),
    path(ACTIVITY + "minutes/", facilitating.add_minutes, name="add_minutes"),
    path(ACTIVITY + "pause/", facilitating.pause_timer, name="pause_timer"),
    path(ACTIVITY + "resumption/", facilitating.resume_timer, name="resume_timer"),
    path(ACTIVITY + "history/", history.history, name="history"),
    path(ACTIVITY + "preview/", facilitating.preview, name="preview"),
]
