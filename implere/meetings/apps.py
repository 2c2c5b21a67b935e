from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "implere.meetings"
    label = "meetings"
