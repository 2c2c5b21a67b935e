"""Finding things through a person's memberships: what somebody may not see does not exist (404)."""

from django.http import Http404

from implere.organisation.models import Membership, Organisation


def organisations_of(user):
    """The organisations that the user works in."""
    return Organisation.objects.filter(pk__in=Membership.objects.filter(user=user).values("organisation"))


def organisation_of(user, organisation_id) -> Organisation:
    found = organisations_of(user).filter(pk=organisation_id).first()
    if found is None:
        raise Http404
    return found


def administered(user, organisation_id) -> Organisation:
    """The organisation, if the user administers it; else 404."""
    if not Membership.objects.filter(
        user=user, organisation=organisation_id, role=Membership.Role.ADMINISTRATOR
    ).exists():
        raise Http404
    return organisation_of(user, organisation_id)
