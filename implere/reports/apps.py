from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "implere.reports"
    label = "reports"
