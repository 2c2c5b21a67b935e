from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "implere.meetings"
    label = "meetings"

    def ready(self):
        from implere.meetings import closing  # noqa: F401  (registers itself)
