from implere.meetings.models.activity import Activity, ActivityKey, Deal, Step, Subject
from implere.meetings.models.meeting import Facilitation, Meeting, Release
from implere.meetings.models.participant import Participant, SmallGroup

__all__ = [
    "Activity",
    "ActivityKey",
    "Deal",
    "Facilitation",
    "Meeting",
    "Participant",
    "Release",
    "SmallGroup",
    "Step",
    "Subject",
]
