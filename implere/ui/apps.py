from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "implere.ui"
    label = "ui"
