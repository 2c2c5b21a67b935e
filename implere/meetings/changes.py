"""What a step changed, row by row: so that it can be taken back, be done again, and be shown as it was (docs/decisions/0008).

A change is plain data: the model, the key, and the fields as they were and as they are; `was` is None for a row that was made,
`now` for one that went. A field is turned only if it still is as the step left it: what somebody has changed since stays.
"""

from copy import copy
from itertools import groupby
from uuid import UUID

from django.apps import apps
from django.db.models import CASCADE, SET_NULL, F, Model


def change(row: Model, **fields) -> dict:
    """Sets these fields of the row, and remembers what they were. Keys are named with their `_id`."""
    found = _change(row, {name: getattr(row, name) for name in fields}, fields)
    _set(type(row).objects.filter(pk=row.pk), fields)
    for name, value in fields.items():
        setattr(row, name, value)
    return found


def change_all(rows, **fields) -> list[dict]:
    """The same fields set on all of these rows."""
    rows = list(rows)
    found = [_change(row, {name: getattr(row, name) for name in fields}, fields) for row in rows]
    if rows:
        _set(type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]), fields)
    return sorted(found, key=lambda each: str(each["was"]))


def appear(row: Model, **before) -> dict:
    """The row has just been made; taken back, it stays with these fields (e.g. removed), so that nothing is lost."""
    return _change(row, before, {name: getattr(row, name) for name in before})


def make(row: Model) -> dict:
    """Keeps a new row; taken back, it goes."""
    row.save(force_insert=True)
    return {"model": row._meta.label, "pk": str(row.pk), "was": None, "now": _fields(row)}


def drop(row: Model) -> list[dict]:
    """Takes a row away, with what hangs on it by a name: what hangs on it by a hidden one ("+") is not remembered."""
    found = []
    for tie in row._meta.related_objects:
        rows = list(tie.related_model.objects.filter(**{tie.field.name: row}))
        if tie.on_delete is SET_NULL:
            found += change_all(rows, **{tie.field.attname: None})
        elif tie.on_delete is CASCADE:
            found += [each for child in rows for each in drop(child)]
    found.append({"model": row._meta.label, "pk": str(row.pk), "was": _fields(row), "now": None})
    row.delete()
    return found


def _change(row: Model, before: dict, after: dict) -> dict:
    was, now = ({name: plain(value) for name, value in fields.items()} for fields in (before, after))
    return {"model": row._meta.label, "pk": str(row.pk), "was": was, "now": now}


def _fields(row: Model) -> dict:
    return {field.attname: plain(field.value_from_object(row)) for field in row._meta.concrete_fields}


def plain(value):
    """As it stands in JSON."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _parsed(model, fields: dict) -> dict:
    return {name: model._meta.get_field(name).to_python(value) for name, value in fields.items()}


def turn(changes: list[dict], *, back: bool) -> None:
    """Takes the changes back, or makes them again. One query for each kind of change that stands together."""
    for (label, old, new), alike in groupby(_in_order(changes, back), key=lambda each: each[:3]):
        model, keys = apps.get_model(label), [key for *_kind, key in alike]
        if new is None:
            model.objects.filter(pk__in=keys).delete()
        elif old is None:
            _make_again(model, keys[0], new)
        else:
            _set(model.objects.filter(pk__in=keys, **_parsed(model, old)), _parsed(model, new))


def _set(rows, fields: dict) -> None:
    """A version rises with each change, so that two who change a row at once are both told."""
    has_version = "version" in {field.name for field in rows.model._meta.fields}
    rows.update(**fields, **({"version": F("version") + 1} if has_version else {}))


def _in_order(changes: list[dict], back: bool):
    """(model, what it is, what it becomes, key) of each."""
    for each in reversed(changes) if back else changes:
        old, new = (each["now"], each["was"]) if back else (each["was"], each["now"])
        yield each["model"], old, new, each["pk"]


def _make_again(model, key, fields: dict) -> None:
    if not model.objects.filter(pk=key).exists():
        model(**_parsed(model, fields)).save_base(raw=True, force_insert=True)  # raw: its times as they were


class Past:
    """Rows in memory that are taken back step by step; nothing is written. `rows` is {(model's label, key): row}."""

    def __init__(self, *lists):
        self.rows = {(row._meta.label, str(row.pk)): row for rows in lists for row in rows}

    def copy(self) -> "Past":
        return Past([copy(row) for row in self.rows.values()])

    def of(self, model) -> list:
        return [row for (label, _key), row in self.rows.items() if label == model._meta.label]

    def touches(self, changes: list[dict]) -> bool:
        """Whether these changes are about any of the rows, or about a row that points to one of them."""
        keys = {key for _label, key in self.rows}
        return any(
            each["pk"] in keys
            or any(value in keys for side in ("was", "now") for value in (each[side] or {}).values())
            for each in changes
        )

    def take_back(self, changes: list[dict]) -> None:
        for label, old, new, key in _in_order(changes, back=True):
            row, model = self.rows.get((label, key)), apps.get_model(label)
            if new is None:
                self.rows.pop((label, key), None)
            elif old is None:
                self.rows.setdefault((label, key), model(**_parsed(model, new)))
            elif row is not None and all(plain(getattr(row, name)) == value for name, value in old.items()):
                for name, value in _parsed(model, new).items():
                    setattr(row, name, value)
