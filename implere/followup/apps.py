from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "implere.followup"
    label = "followup"

    def ready(self):
        from implere import rooms
        from implere.followup import errors, reminding  # noqa: F401
        from implere.followup.commands import actions

        rooms.decision_changed.append(actions.follow_decision)
        rooms.chores.append(reminding.remind)
