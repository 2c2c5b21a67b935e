from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "implere.insight"
    label = "insight"

    def ready(self):
        from implere import rooms
        from implere.insight import parts

        rooms.initiative_parts += [parts.origin, parts.placements, parts.advice, parts.next_steps]
