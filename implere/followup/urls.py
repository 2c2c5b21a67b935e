from django.urls import path

from implere.followup.views import actions, links

app_name = "followup"
CYCLE = "cycles/<uuid:cycle_id>/"
urlpatterns = [
    path("mine/", actions.mine, name="mine"),
    path("mine/<str:token>/", links.mine_by_link, name="mine_by_link"),
    path("answer/<str:token>/", links.answer, name="answer"),
    path("calendar/<str:token>.ics", links.calendar, name="calendar"),
    path(
        "organisations/<uuid:organisation_id>/actions/",
        actions.organisations_actions,
        name="organisations_actions",
    ),
    path(CYCLE + "actions/", actions.cycles_actions, name="cycles_actions"),
    path(CYCLE + "actions/new/", actions.new_action, name="new_action"),
    path("actions/<uuid:action_id>/", actions.action, name="action"),
    path("actions/<uuid:action_id>/reflection/", actions.reflection, name="reflection"),
]
