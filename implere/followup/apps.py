from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "implere.followup"
    label = "followup"

    def ready(self):
        from implere import rooms
        from implere.followup import agreed, alike, errors, keeping, reminding, telling  # noqa: F401
        from implere.followup.commands import actions

        rooms.decision_changed.append(actions.follow_decision)
        rooms.chores.append(reminding.remind)
        rooms.above.append(agreed.above)
        rooms.below += [agreed.on_screen, agreed.to_review]
        rooms.asides.append(alike.asides)
        rooms.critical_steps.append(telling.critical_steps)
        rooms.forecast_outcomes.append(telling.outcomes)
        rooms.initiative_parts += [telling.actions_part, telling.anchoring_part]
        rooms.initiative_marks.append(telling.marks)
        rooms.subject_sources["due_reviews"] = agreed.due_drafts
        rooms.cycle_sections.append(agreed.of_cycle)
        rooms.attachments |= {"actions": keeping.ACTIONS, "reviews": keeping.REVIEWS}
        rooms.cycle_attachments["anchoring"] = keeping.ANCHORING
