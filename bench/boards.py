"""What a note costs on a large board, and what opening one costs."""

import sqlite3
import statistics
import time

from django.conf import settings

from bench.room import open_board, phone

NOTES_A_ROUND = 40
OPENINGS = 15


def growth() -> dict:
    """Time to add a note to a board of 5,000 over a board of 50, interleaved."""
    boards = {}
    for size in (50, 5000):
        meeting, activity, _user = open_board(size)
        boards[size] = (phone(meeting), f"activities/{activity.pk}/notes/")
    times = {size: [] for size in boards}
    for number in range(NOTES_A_ROUND):
        for size, (device, path) in boards.items():
            began = time.perf_counter()
            answer = device.send(
                path, {"text": f"Ny seddel {number}", "command_id": f"{size}-{number}-{began}"}
            )
            times[size].append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.content
    small, large = (statistics.median(times[size]) for size in (50, 5000))
    return {"ratio": large / small, "small_ms": small * 1000, "large_ms": large * 1000}


def opening() -> dict:
    """Server time to open a board of 1,000 notes over one plain read of the same rows outside Django."""
    meeting, activity, _user = open_board(1000)
    device = phone(meeting)
    ours, plain = [], []
    for _opening in range(OPENINGS):
        began = time.perf_counter()
        assert device.get(f"/m/{meeting.pk}/").status_code == 200
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as connection:
            rows = connection.execute(
                "select id, text, zone_id, version from boards_note where activity_id = ?", [activity.pk.hex]
            ).fetchall()
        plain.append(time.perf_counter() - began)
        assert len(rows) == 1000
    return {
        "ratio": statistics.median(ours) / statistics.median(plain),
        "server_ms": statistics.median(ours) * 1000,
        "plain_ms": statistics.median(plain) * 1000,
    }
