"""The example's tables, and its day."""

import csv
from datetime import datetime, time
from pathlib import Path

from django.utils import timezone

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict]:
    """The rows of one of the example's tables."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def today_at(hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time(hour)))
