"""What an activity is about: made when it opens, from what came before."""

from implere import rooms
from implere.initiatives.models import Chosen, Initiative
from implere.meetings.models import Activity, Subject
from implere.method import reader
from implere.rooms import SubjectDraft


def make_subjects(activity: Activity) -> None:
    """Adds the subjects that the activity asks for and does not have yet. Those with answers are never removed."""
    drafts = drafts_for(activity)
    known = {
        (s.initiative_id, s.code, s.text if s.initiative_id is None else "") for s in activity.subjects.all()
    }
    position = len(known)
    for draft in drafts:
        key = (draft.initiative_id, draft.code, draft.text if draft.initiative_id is None else "")
        if key not in known:
            position += 1
            known.add(key)
            Subject.objects.create(
                organisation_id=activity.organisation_id,
                activity=activity,
                initiative_id=draft.initiative_id,
                code=draft.code,
                text=draft.text[:400],
                position=position,
            )


def drafts_for(activity: Activity) -> list[SubjectDraft]:
    """By the activity's `subjects` setting: initiatives, chosen, realisations, what a higher room knows,
    or an earlier activity's kind."""
    source = activity.config.get("subjects")
    cycle_id = activity.meeting.cycle_id
    if source == "initiatives":
        return [
            SubjectDraft(i.title, i.pk) for i in Initiative.objects.filter(cycle_id=cycle_id, removed_at=None)
        ]
    if source == "chosen":
        rows = Chosen.objects.filter(initiative__cycle_id=cycle_id, initiative__removed_at=None)
        return [
            SubjectDraft(c.initiative.title, c.initiative_id)
            for c in rows.select_related("initiative").order_by("position")
        ]
    if source == "realisations":
        return [SubjectDraft(str(r.text), code=r.id) for r in reader.load().realisations]
    if source in rooms.subject_sources:
        return rooms.subject_sources[source](activity)
    if source:
        earlier = activity.meeting.activities.filter(kind=source).first()
        return rooms.mechanism_of(earlier).subjects(earlier) if earlier else []
    return []
