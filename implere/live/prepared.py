"""Queries that are asked with each command and each event: Django makes their SQL once for each connection.

Making a query's SQL costs several times what asking it does. A prepared query is written in Django's own words, once, with
samples in the places of what differs:

    writable = Prepared(lambda pk: Activity.objects.filter(pk=pk).values_list("opened_at"), UUID_SAMPLE)
    writable.one(activity.pk)
"""

from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models

FIRST, SECOND = UUID(int=0xA11CE), UUID(int=0xB0B)  # samples of keys


class Prepared:
    """`build(*samples)` gives a queryset, of tuples (values_list) or of one model without what it is related to. Each sample is a
    value that the query holds nowhere else."""

    def __init__(self, build, *samples):
        self._build, self._samples = build, samples

    def all(self, *values) -> list:
        """What the query finds with these values in the samples' places."""
        connection = connections[DEFAULT_DB_ALIAS]
        made = vars(connection).setdefault("implere_prepared", {})
        if self not in made:
            made[self] = self._make(connection)
        sql, params, places, read = made[self]
        params = list(params)
        for place, number in places:
            params[place] = _plain(values[number], connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return read(rows)

    def one(self, *values):
        """The first of them, or None."""
        return next(iter(self.all(*values)), None)

    def _make(self, connection):
        queryset = self._build(*self._samples)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        samples = [_plain(sample, connection) for sample in self._samples]
        places = [(place, samples.index(value)) for place, value in enumerate(params) if value in samples]
        assert {number for _place, number in places} == set(range(len(samples))), (
            "a sample is not in the query"
        )
        columns = compiler.select[0 : compiler.col_count]
        converters = compiler.get_converters([column[0] for column in columns])
        if issubclass(queryset._iterable_class, models.query.ModelIterable):
            model, names = queryset.model, [field.attname for field in queryset.model._meta.concrete_fields]
            whole = lambda row: model.from_db(connection.alias, names, row)  # noqa: E731
        else:
            whole = tuple

        def read(rows) -> list:
            return [
                whole(row) for row in (compiler.apply_converters(rows, converters) if converters else rows)
            ]

        return sql, params, places, read


def _plain(value, connection):
    """As the database takes it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
