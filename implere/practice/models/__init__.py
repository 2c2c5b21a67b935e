from implere.practice.models.capacity import Asked, Hours, Knowing, Knowledge, Need, Size
from implere.practice.models.effects import Indicator, Leftover, Mark, Point
from implere.practice.models.meaning import Asking, Reply, Translation, Wish

__all__ = [
    "Asked",
    "Asking",
    "Hours",
    "Indicator",
    "Knowing",
    "Knowledge",
    "Leftover",
    "Mark",
    "Need",
    "Point",
    "Reply",
    "Size",
    "Translation",
    "Wish",
]
