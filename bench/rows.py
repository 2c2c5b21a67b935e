"""The rows that a measure starts from, made and counted in a process of its own, since IMPLERE_DATA is read once.

`python -m bench.rows seed PEOPLE hidden|shown|choice` prints a crowd as JSON; `count` prints how much is in the database;
`loop` writes as many notes as each line of its input says, in a plain loop, and prints the seconds that it took."""

import json
import secrets
import sys
import time

import django
from django.conf import settings
from django.core.management import call_command


def start() -> None:
    """The data folder and the database, ready."""
    from implere.configuration import prepare, read

    prepare(read())
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def open_meeting():
    from implere.meetings.models import Meeting

    return Meeting.objects.get(opened_at__isnull=False, closed_at=None)


def board_of(meeting):
    return meeting.activities.get(kind="brainstorm")


def seed(people: int, shape: str) -> dict:
    """The example with so many people more who have joined. `shown`: all see all notes. `choice`: twelve initiatives are chosen,
    so that the placement asks about them."""
    from implere.boards.commands import show_notes
    from implere.example import seed as example
    from implere.initiatives.models import Chosen
    from implere.live import queries as log

    example()
    meeting = open_meeting()
    board = board_of(meeting)
    if shape == "shown":
        show_notes(board)
    if shape == "choice":
        first = meeting.cycle.initiatives.order_by("pk")[:12]
        Chosen.objects.bulk_create(
            Chosen(organisation_id=meeting.organisation_id, initiative=initiative, position=place)
            for place, initiative in enumerate(first, start=1)
        )
    activity = f"/m/{meeting.pk}/activities/%s/"
    return {
        "notes": activity % board.pk + "notes/",
        "placement": activity % meeting.activities.get(kind="placement").pk,
        "crowd": _join(meeting, people),
        "after": log.position(meeting.channel),
    }


def _join(meeting, people: int) -> list[dict]:
    """[{cookie, ticket}] of new participants."""
    from implere.meetings import anonymity, reach
    from implere.meetings.models import Participant
    from implere.meetings.views.participants import ticket

    devices = [reach.new_device() for _person in range(people)]
    made = Participant.objects.bulk_create(
        Participant(
            organisation_id=meeting.organisation_id,
            meeting=meeting,
            device_hash=anonymity.device_hash(settings.SECRET_KEY, device, meeting.pk),
        )
        for device in devices
    )
    return [
        {
            "cookie": f"{reach.DEVICE_COOKIE}={device}",
            "ticket": ticket(meeting, "phone", "da", who=str(row.pk)),
        }
        for device, row in zip(devices, made, strict=True)
    ]


def count() -> dict:
    """How much the open meeting holds."""
    from implere.ballots.models import Answer
    from implere.boards.models import Note

    meeting = open_meeting()
    return {
        "notes": Note.objects.filter(activity__meeting=meeting).count(),
        "answers": Answer.objects.filter(activity__meeting=meeting).count(),
        "people": meeting.participants.count(),
    }


def loop() -> None:
    """The floor under a command: the rows that a note's command leaves, each note's in one transaction, and nothing else."""
    from django.db import transaction
    from django.db.models import F

    from implere.boards.models import Note
    from implere.live.models import Channel, Event, Receipt

    meeting = open_meeting()
    board = board_of(meeting)
    channel = Channel.objects.get(name=meeting.channel)
    for line in sys.stdin:
        began = time.perf_counter()
        for _note in range(int(line)):
            with transaction.atomic():
                Channel.objects.filter(pk=channel.pk).update(last_seq=F("last_seq") + 1)
                seq = Channel.objects.values_list("last_seq", flat=True).get(pk=channel.pk)
                note = Note.objects.create(
                    organisation_id=board.organisation_id,
                    activity=board,
                    text=f"Vi mangler tid bench-{seq}. til vagtplanen",
                    writer=secrets.token_hex(32),
                )
                payload = {"note": str(note.pk)}
                Event.objects.create(channel=channel, seq=seq, kind="note", audience="room", payload=payload)
                Receipt.objects.create(channel=channel, command_hash=secrets.token_hex(32), outcome={})
        print(time.perf_counter() - began, flush=True)


def main(arguments: list[str]) -> None:
    start()
    if arguments[0] == "seed":
        print(json.dumps(seed(int(arguments[1]), arguments[2])))
    elif arguments[0] == "count":
        print(json.dumps(count()))
    else:
        loop()


if __name__ == "__main__":
    main(sys.argv[1:])
