"""What the minutes hold: for each activity that was used, what its mechanism says was agreed and counted."""

from dataclasses import dataclass

from implere import rooms
from implere.meetings import queries as meetings
from implere.meetings.models import Meeting


@dataclass(frozen=True)
class Section:
    """An activity's part of the minutes; `html` comes from its mechanism."""

    title: str
    question: str
    step: int
    html: str


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting; `people` is how many took part."""

    sections: list[Section]
    people: int
    used: int
    planned: int


def minutes(meeting: Meeting) -> Minutes:
    """The activities that were opened and have something to say, in the order of the agenda."""
    sections = []
    for activity in meeting.activities.filter(opened_at__isnull=False):
        activity.meeting = meeting
        attached = "".join(each.minutes(activity) for each in rooms.attachments.values())
        html = rooms.mechanism_of(activity).minutes(activity) + attached
        if html:
            words = meetings.words(activity)
            sections.append(Section(words.title, words.question, activity.step, html))
    items = list(meeting.activities.all())
    return Minutes(
        sections=sections,
        people=meeting.participants.count(),
        used=round(sum(a.seconds_used for a in items) / 60),
        planned=sum(a.minutes for a in items),
    )
