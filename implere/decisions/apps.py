from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "implere.decisions"
    label = "decisions"
