from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "implere.decisions"
    label = "decisions"

    def ready(self):
        from implere import rooms
        from implere.decisions import history, mechanism, verbs

        rooms.mechanisms["decision"] = mechanism.MECHANISM
        rooms.asides.append(mechanism.asides)
        rooms.screens["map"] = mechanism.draw_map
        rooms.attachments["decisions"] = mechanism.ATTACHMENT
        rooms.histories.append(history.HISTORY)
        rooms.verbs |= verbs.VERBS
