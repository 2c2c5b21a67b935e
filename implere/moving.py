"""Carries everything from one database to another, SQLite or PostgreSQL, and compares it row for row.

What is carried is the schema that the source has, be it an older one: the target gets the same migrations, and then the rows of
the models as they were at that time. The target must be empty. Either all of it arrives or nothing.
"""

from contextlib import contextmanager, nullcontext
from itertools import islice, zip_longest

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.sql import InsertQuery

AT_ONCE = 500  # rows


class MoveError(Exception):
    """Why nothing was moved, in one sentence."""


@contextmanager
def opened(description: dict):
    """The alias of another database than the program's own, by Django's description of it."""
    alias = f"other{len(connections.databases)}"
    connections.databases[alias] = connections.databases[DEFAULT_DB_ALIAS] | description
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]


def move(source: str, target: str) -> dict[str, int]:
    """Carries all rows from one alias to the other; {table: rows}. The source is read as it was at one moment and not changed."""
    if connections[target].introspection.table_names():
        raise MoveError("The database to move to is not empty: give an empty one.")
    with _one_moment(source), _all_or_nothing(target):
        models = _same_schema(source, target)
        with transaction.atomic(using=target):
            for model in models:
                _carry(model, source, target)
            counts = {model._meta.db_table: _compare(model, source, target) for model in models}
            _number_on(models, target)
    return counts


def _all_or_nothing(target: str):
    """PostgreSQL makes tables in a transaction as well. SQLite can't; its file is a new one, which a failure leaves useless."""
    return transaction.atomic(using=target) if connections[target].vendor == "postgresql" else nullcontext()


@contextmanager
def _one_moment(alias: str):
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _same_schema(source: str, target: str) -> list:
    """Gives the target the source's migrations; the models as they are there."""
    theirs, ours = MigrationExecutor(connections[source]), MigrationExecutor(connections[target])
    applied = set(theirs.loader.applied_migrations)
    if unknown := applied - set(ours.loader.graph.nodes):
        raise MoveError(
            f"The database is of a newer version of the program: it knows {sorted(unknown)[0][1]}."
        )
    last = [
        key
        for key in applied
        if not {c.key for c in ours.loader.graph.node_map[key].children if c.key[0] == key[0]} & applied
    ]
    state = ours.migrate(last)
    if connections[target].vendor == "postgresql":
        with connections[target].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations may have made them immediate
    return [
        m for m in state.apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy
    ]


def _rows(model, alias: str, fields):
    """The rows in the order of their keys, the same in every database."""
    key = model._meta.pk
    rows = model._base_manager.using(alias).values_list(*(field.attname for field in fields))
    place = [field.attname for field in fields].index(key.attname)
    if key.get_internal_type() == "CharField":  # databases sort text each in its own way
        return sorted(rows, key=lambda row: row[place])
    return rows.order_by(key.attname).iterator(chunk_size=AT_ONCE)


def _carry(model, source: str, target: str) -> None:
    fields = model._meta.concrete_fields
    waiting = iter(_rows(model, source, fields))
    while rows := list(islice(waiting, AT_ONCE)):
        query = InsertQuery(model)
        values = [model(**dict(zip((f.attname for f in fields), row, strict=True))) for row in rows]
        query.insert_values(fields, values, raw=True)
        query.get_compiler(using=target).execute_sql()


def _compare(model, source: str, target: str) -> int:
    fields = model._meta.concrete_fields
    count = 0
    for here, there in zip_longest(_rows(model, source, fields), _rows(model, target, fields)):
        if tuple(map(_plain, here or ())) != tuple(map(_plain, there or ())):
            raise MoveError(f"A row of {model._meta.db_table} did not arrive as it was. Nothing was moved.")
        count += 1
    return count


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def _number_on(models, target: str) -> None:
    """New rows get numbers after the highest."""
    with connections[target].cursor() as cursor:
        for statement in connections[target].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
