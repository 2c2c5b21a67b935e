from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "implere.ballots"
    label = "ballots"
