"""A primary and a standby that has each commit before it is acknowledged, on two real servers: the primary's power goes, the standby is
promoted, the program finds it by itself, and every note that was acknowledged is there once."""

import threading

import psycopg
import pytest

from tests import live_room
from tests.phones import Phone
from tests.postgresql import PostgreSQL, create_database

PHONES, NOTES = 4, 12
SAFE = "-c fsync=on -c synchronous_commit=on"


@pytest.fixture
def pair():
    """(primary, standby): the first acknowledges nothing that the second has not written to its disk."""
    primary = PostgreSQL(live_room.free_port(), options=f"{SAFE} -c synchronous_standby_names=*")
    standby = PostgreSQL(live_room.free_port(), options=SAFE)
    try:
        primary.initialise()
        primary.start()
        standby.copy(primary)
        standby.start()
        create_database(primary.address(), "implere")
        yield primary, standby
    finally:
        standby.remove()
        primary.remove()


def test_nothing_acknowledged_is_lost_or_doubled_when_the_primary_dies(pair, tmp_path):
    primary, standby = pair
    both = f"postgresql://implere@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/implere"
    server = live_room.start(str(tmp_path), environment={"IMPLERE_DATABASE": both})
    try:
        phones = [Phone(server.lines["join"]) for _phone in range(PHONES)]
        begun, fallen = threading.Barrier(PHONES + 1), threading.Event()
        kept, broken = [], []

        def write(number: int) -> None:
            try:
                for turn in range(NOTES):
                    if turn == NOTES // 3:
                        begun.wait(60)  # from here on the primary may go at any moment
                    if turn == NOTES - 2:
                        fallen.wait(60)  # some are written afterwards in any case
                    mark = f"MARK-{number}-{turn}."
                    phones[number].write(f"Vi mangler tid {mark}")
                    kept.append(mark)
            except BaseException as error:
                broken.append(error)
                raise

        writing = [threading.Thread(target=write, args=[number], daemon=True) for number in range(PHONES)]
        for thread in writing:
            thread.start()
        begun.wait(60)
        with psycopg.connect(primary.address()) as line:
            assert line.execute("SELECT sync_state FROM pg_stat_replication").fetchone() == ("sync",)
        primary.kill()
        standby.promote()
        fallen.set()
        for thread in writing:
            thread.join(90)
        assert not broken and len(kept) == PHONES * NOTES
        assert "MARK-" in phones[0].fetch()
    finally:
        server.stop()
    with psycopg.connect(standby.address("implere")) as line:
        (writable,) = line.execute("SELECT NOT pg_is_in_recovery()").fetchone()
        texts = [text for (text,) in line.execute("SELECT text FROM boards_note WHERE text LIKE '%MARK-%'")]
    assert writable
    assert sorted(text.split()[-1] for text in texts) == sorted(kept)
