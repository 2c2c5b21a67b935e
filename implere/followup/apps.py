from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "implere.followup"
    label = "followup"

    def ready(self):
        from implere import rooms
        from implere.followup import agreed, alike, errors, keeping, reminding  # noqa: F401
        from implere.followup.commands import actions

        rooms.decision_changed.append(actions.follow_decision)
        rooms.chores.append(reminding.remind)
        rooms.above.append(agreed.above)
        rooms.below += [agreed.on_screen, agreed.to_review]
        rooms.asides.append(alike.asides)
        rooms.subject_sources["due_reviews"] = agreed.due_drafts
        rooms.cycle_sections.append(agreed.of_cycle)
        rooms.attachments |= {"actions": keeping.ACTIONS, "reviews": keeping.REVIEWS}
        rooms.cycle_attachments["anchoring"] = keeping.ANCHORING
