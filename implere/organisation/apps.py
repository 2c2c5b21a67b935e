from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "implere.organisation"
    label = "organisation"
