from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "implere.ballots"
    label = "ballots"

    def ready(self):
        from implere import rooms
        from implere.ballots import events, mechanism, verbs  # noqa: F401

        rooms.mechanisms["ballot"] = mechanism.MECHANISM
        rooms.verbs |= verbs.VERBS
