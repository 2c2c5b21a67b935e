"""An owner who left is forgotten: the name and the address go, what was learnt stays, and a receipt without a name is given."""

import pytest

from implere.decisions.models import Decision
from implere.followup import links
from implere.followup.commands import actions
from implere.followup.commands.forgetting import forget_owner, look_for
from implere.followup.models import Action, Mail, Reflection
from implere.initiatives.models import Initiative
from implere.meetings.errors import Refused
from implere.organisation.models import Membership
from tests.danish import english_in

pytestmark = pytest.mark.django_db
WHO = {"what": "Tavlemøde", "owner": "Bente Holm", "mail": "bente@egelund.example", "due": "om to uger"}


@pytest.fixture
def written(cycle, initiatives, step):
    """Bente owns an action, a next step and, with another, an initiative; and stands in a text."""
    made = actions.make_action(cycle, WHO)
    actions.reflect(made, {"outcome": "done", "happened": "Bente Holm holdt det", "due": "om en uge"})
    Decision.objects.filter(pk=step.pk).update(owner="bente holm")
    Initiative.objects.filter(pk=initiatives[0].pk).update(owner="Bo Lund / Bente Holm")
    Initiative.objects.filter(pk=initiatives[1].pk).update(owner="Bente Holmgaard")
    return made


def test_the_name_goes_and_the_learning_stays(written, municipality, initiatives):
    receipt = forget_owner(municipality, " Bente  Holm ")
    assert receipt.total == 4 and receipt.mentioned == ["Bente Holm holdt det"]
    assert not Action.objects.filter(owner__icontains="bente").exists()
    assert not Action.objects.exclude(mail="").exists()
    owners = list(
        Initiative.objects.filter(pk__in=[i.pk for i in initiatives[:2]]).values_list("owner", flat=True)
    )
    assert owners == ["Bo Lund / en, der er rejst", "Bente Holmgaard"]
    assert Reflection.objects.get().happened == "Bente Holm holdt det"
    assert look_for(municipality, "Bente Holm").total == 0


def test_by_the_address_the_name_beside_it_goes_too_and_the_links_die(written, municipality):
    token = links.answer_token(Action.objects.get(turn=2))
    Mail.objects.create(
        organisation=municipality,
        action=written,
        to=WHO["mail"],
        made_at=written.made_at,
        sent_at=written.made_at,
    )
    forget_owner(municipality, WHO["mail"].upper())
    assert not Action.objects.filter(owner__icontains="bente").exists() and not Mail.objects.exists()
    assert links.action_by_token(token) == (None, "another")


def test_a_name_too_short_to_be_one_is_refused(municipality):
    with pytest.raises(Refused):
        forget_owner(municipality, "B ")


def test_the_page_looks_first_and_gives_a_receipt_without_a_name(written, municipality, desk, facilitator):
    address = f"/organisations/{municipality.pk}/forgetting/"
    assert desk.get(address).status_code == 404, "a facilitator is no administrator"
    Membership.objects.filter(user=facilitator).update(role=Membership.Role.ADMINISTRATOR)
    for page in (
        desk.get(address),
        desk.get(address, {"who": "Bente Holm"}),
        desk.get(address, {"who": "x"}),
    ):
        assert not english_in(page.text)
    assert Action.objects.filter(owner="Bente Holm").count() == 2
    receipt = desk.post(address, {"who": "Bente Holm"})
    assert "Kvittering" in receipt.text and "Bente Holm<" not in receipt.text.replace(
        "Bente Holm holdt det", ""
    )
    assert not english_in(receipt.text)


def test_another_organisations_owner_is_left_alone(written, stranger):
    other = stranger.memberships.get().organisation
    assert forget_owner(other, "Bente Holm").total == 0
    assert Action.objects.filter(owner="Bente Holm").count() == 2
