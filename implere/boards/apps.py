from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "implere.boards"
    label = "boards"

    def ready(self):
        from implere import rooms
        from implere.boards import events, mechanism, sides, verbs  # noqa: F401

        rooms.mechanisms["board"] = mechanism.MECHANISM
        rooms.verbs |= verbs.VERBS
