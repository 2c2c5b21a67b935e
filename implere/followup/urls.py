from django.urls import path

from implere.followup.views import actions, anchoring, forgetting, links, meetings, reviews

app_name = "followup"
ACTIVITY = "m/<uuid:meeting_id>/activities/<uuid:activity_id>/"
CYCLE = "cycles/<uuid:cycle_id>/"
INITIATIVE = CYCLE + "initiatives/<uuid:initiative_id>/"
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
    path(CYCLE + "reviews/", reviews.cycles_reviews, name="cycles_reviews"),
    path(
        "organisations/<uuid:organisation_id>/reviews/",
        reviews.organisations_reviews,
        name="organisations_reviews",
    ),
    path("decisions/<uuid:decision_id>/review/", reviews.review, name="review"),
    path(
        ACTIVITY + "actions/<uuid:action_id>/reflection/",
        meetings.action_reflection,
        name="action_reflection",
    ),
    path(ACTIVITY + "reviews/<uuid:decision_id>/", meetings.choice_review, name="choice_review"),
    path(CYCLE + "anchoring/", anchoring.cycles_anchoring, name="cycles_anchoring"),
    path(INITIATIVE + "anchoring/", anchoring.initiatives_anchoring, name="initiatives_anchoring"),
    path(INITIATIVE + "anchoring/phase/", anchoring.phase, name="phase"),
    path(INITIATIVE + "anchoring/steps/<slug:step_id>/", anchoring.step, name="step"),
    path("organisations/<uuid:organisation_id>/forgetting/", forgetting.forgetting, name="forgetting"),
]
