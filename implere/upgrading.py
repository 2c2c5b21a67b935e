"""Bringing the database up to date when the program starts; an older one is backed up first."""

from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from implere import backup

TURN = 4_953_281  # the number of the lock that processes which start together take turns by


def bring_up_to_date(configuration) -> None:
    with _alone():
        executor = MigrationExecutor(connection)
        old = executor.loader.applied_migrations
        if old and executor.migration_plan(executor.loader.graph.leaf_nodes()):
            backup.make(configuration, backup.new_name(configuration.data, "before-upgrading"))
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _alone():
    """On SQLite the data folder is held already."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])
        connection.close()
