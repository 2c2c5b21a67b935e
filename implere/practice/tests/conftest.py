import pytest

from implere.organisation.models import Unit
from implere.practice.commands import effects
from implere.practice.models import Indicator


@pytest.fixture
def units(municipality):
    """The board, one area under it, two centres under that: {name: unit}."""
    found = {}
    for name, above in (
        ("Direktion", None),
        ("Ældre", "Direktion"),
        ("Solgården", "Ældre"),
        ("Åhaven", "Ældre"),
    ):
        found[name] = Unit.objects.create(organisation=municipality, name=name, parent=found.get(above))
    return found


@pytest.fixture
def initiative(initiatives):
    return initiatives[0]


@pytest.fixture
def indicator(initiative):
    return effects.save_indicator(initiative, None, title="Sygefravær", direction=Indicator.Direction.DOWN)


@pytest.fixture
def share(initiative):
    return effects.save_indicator(
        initiative,
        None,
        title="Borgere med plan",
        direction=Indicator.Direction.UP,
        kind=Indicator.Kind.SHARE,
    )
