from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "implere.boards"
    label = "boards"

    def ready(self):
        from implere import rooms
        from implere.boards import events, mechanism, sides  # noqa: F401

        rooms.mechanisms["board"] = mechanism.MECHANISM
