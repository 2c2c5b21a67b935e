"""Every change to an organisation: its units, its people, its wordings."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from implere.accounts.commands import make_sign_in_link, make_user
from implere.accounts.models import User
from implere.live.commands import write
from implere.organisation.models import Membership, Organisation, Unit, Wording


def found_organisation(name: str, *, by: User) -> Organisation:
    """A new organisation, administered by who founds it."""
    with write():
        made = Organisation.objects.create(name=name)
        Membership.objects.create(organisation=made, user=by, role=Membership.Role.ADMINISTRATOR)
    return made


def rename(organisation: Organisation, name: str) -> None:
    with write():
        Organisation.objects.filter(pk=organisation.pk).update(name=name)


def add_unit(organisation: Organisation, name: str, parent: Unit | None = None) -> Unit:
    with write():
        return Unit.objects.create(organisation=organisation, name=name, parent=parent)


def place_unit(unit: Unit, *, name: str, parent: Unit | None) -> None:
    """Renames a unit and puts it under another; never under itself or one of its own."""
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise ValidationError(_("A unit can't lie under itself."))
        above = above.parent
    with write():
        Unit.objects.filter(pk=unit.pk).update(name=name, parent=parent)


def remove_unit(unit: Unit) -> None:
    """Removes a unit that has none under it and that nothing has been written about."""
    try:
        with write():
            unit.delete()
    except ProtectedError:
        raise ValidationError(_("Move or remove the units under it first.")) from None
    except RestrictedError:
        raise ValidationError(
            _("Something has been written about the unit. Rename or move it instead.")
        ) from None


def add_member(organisation: Organisation, *, name: str, username: str, role: str) -> tuple[User, str]:
    """A colleague who may run meetings, and the secret of a link that signs in once. A known user name of the same
    organisation gets a new link; one of another organisation is not taken in."""
    with write():
        user = User.objects.filter(username=username).first()
        if user and not Membership.objects.filter(user=user, organisation=organisation).exists():
            raise ValidationError(_("That user name is taken. Choose another one."))
        user = user or make_user(username, name=name)
        Membership.objects.update_or_create(organisation=organisation, user=user, defaults={"role": role})
        return user, make_sign_in_link(user, leads_to="/password/")


def word(organisation: Organisation, key: str, language: str, text: str) -> None:
    """The organisation's own words for a text of the method; empty: the method's own again."""
    with write():
        rows = Wording.objects.filter(organisation=organisation, key=key, language=language)
        if text.strip():
            Wording.objects.update_or_create(
                organisation=organisation, key=key, language=language, defaults={"text": text.strip()}
            )
        else:
            rows.delete()
