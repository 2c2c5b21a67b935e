from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "implere.live"
    label = "live"
