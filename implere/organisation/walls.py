"""The wall between organisations: what belongs to one never points to what belongs to another."""

from django.apps import apps
from django.db.models import F

from implere.organisation.models import Owned


def crossings() -> list[str]:
    """A sentence for each foreign key with rows that point across; empty where the wall holds. One query for each key."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, Owned):
            continue
        for field in model._meta.get_fields():
            if not (field.many_to_one or field.one_to_one) or not field.concrete:
                continue
            if not issubclass(field.related_model, Owned):
                continue
            other = f"{field.name}__organisation_id"
            rows = model.objects.exclude(**{field.name: None}).exclude(**{other: F("organisation_id")})
            if count := rows.count():
                found.append(
                    f"{count} rows of {model._meta.label} point to another organisation's {field.name}."
                )
    return found
