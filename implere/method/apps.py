from django.apps import AppConfig


class MethodConfig(AppConfig):
    name = "implere.method"
    label = "method"
