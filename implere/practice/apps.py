from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "implere.practice"
    label = "practice"

    def ready(self):
        from implere import rooms
        from implere.practice import parts

        rooms.initiative_parts += [parts.effects, parts.capacity, parts.meaning]
