"""Finding things through a person's reach: what somebody may not see does not exist (404)."""

from django.http import Http404

from implere.initiatives.models import Initiative
from implere.organisation.models import Unit
from implere.organisation.reach import organisations_of


def initiative_of(user, initiative_id) -> Initiative:
    """The initiative, if the user works in its organisation; else 404. One that was removed from the list is kept readable."""
    rows = Initiative.objects.filter(pk=initiative_id, organisation__in=organisations_of(user))
    found = rows.select_related("cycle", "organisation", "theme").first()
    if found is None:
        raise Http404
    return found


def one(rows, key):
    """The row of these with this key, or 404."""
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def unit_of(organisation_id, unit_id) -> Unit:
    return one(Unit.objects.filter(organisation_id=organisation_id), unit_id)
