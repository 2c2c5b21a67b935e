from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "implere.live"
    label = "live"

    def ready(self):
        from django.db.backends.signals import connection_created

        from implere.live import metrics

        connection_created.connect(metrics.time_statements)
