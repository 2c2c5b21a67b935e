from django.urls import path

from implere.practice.views import capacity, effects, meaning

app_name = "practice"
ORGANISATION = "organisations/<uuid:organisation_id>/"
INITIATIVE = "initiatives/<uuid:initiative_id>/"
INDICATOR = "indicators/<uuid:indicator_id>/"
urlpatterns = [
    path(INITIATIVE + "indicators/", effects.indicators, name="indicators"),
    path(INITIATIVE + "indicators/new/", effects.edit, name="new_indicator"),
    path(INITIATIVE + "marks/", effects.marks, name="marks"),
    path("marks/<uuid:mark_id>/removal/", effects.mark_removal, name="mark_removal"),
    path(INDICATOR, effects.indicator, name="indicator"),
    path(INDICATOR + "words/", effects.edit, name="edit_indicator"),
    path(INDICATOR + "removal/", effects.removal, name="indicator_removal"),
    path(INDICATOR + "restoring/", effects.restoring, name="indicator_restoring"),
    path(INDICATOR + "numbers/", effects.numbers, name="numbers"),
    path(INDICATOR + "numbers/accepting/", effects.accepting, name="accepting"),
    path(
        INDICATOR + "leftovers/<uuid:leftover_id>/removal/", effects.leftover_removal, name="leftover_removal"
    ),
    path(ORGANISATION + "capacity/", capacity.picture, name="picture"),
    path(ORGANISATION + "capacity/hours/", capacity.hours, name="hours"),
    path(ORGANISATION + "capacity/sizes/", capacity.sizes, name="sizes"),
    path(ORGANISATION + "capacity/knowing/", capacity.knowing, name="knowing"),
    path(INITIATIVE + "capacity/", capacity.initiative, name="initiative_capacity"),
    path(INITIATIVE + "knowledge/", capacity.knowledge, name="knowledge"),
    path("needs/<uuid:need_id>/removal/", capacity.need_removal, name="need_removal"),
    path("knowledge/<uuid:asked_id>/removal/", capacity.knowledge_removal, name="knowledge_removal"),
    path(INITIATIVE + "meaning/", meaning.meaning, name="meaning"),
    path(INITIATIVE + "meaning/askings/", meaning.askings, name="askings"),
    path(INITIATIVE + "meaning/units/<uuid:unit_id>/", meaning.unit, name="meaning_unit"),
    path("wishes/<uuid:wish_id>/replies/", meaning.replies, name="replies"),
    path("meaning/<str:secret>/", meaning.by_link, name="meaning_by_link"),
    path(
        "meaning/<str:secret>/wishes/<uuid:wish_id>/replies/", meaning.replies_by_link, name="replies_by_link"
    ),
]
