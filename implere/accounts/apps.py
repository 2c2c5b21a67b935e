from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    name = "implere.accounts"
    label = "accounts"

    def ready(self):
        from implere.accounts.access import every_view_declares_its_audience

        checks.register(every_view_declares_its_audience)
