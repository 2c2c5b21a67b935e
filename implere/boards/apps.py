from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "implere.boards"
    label = "boards"

    def ready(self):
        from implere import rooms
        from implere.boards import events, history, late, mechanism, sides, verbs  # noqa: F401

        rooms.mechanisms["board"] = mechanism.MECHANISM
        rooms.histories.append(history.HISTORY)
        rooms.desk_regions.append(late.draw)
        rooms.verbs |= verbs.VERBS
