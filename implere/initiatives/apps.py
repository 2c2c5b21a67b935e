from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "implere.initiatives"
    label = "initiatives"
