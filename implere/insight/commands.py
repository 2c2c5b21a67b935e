"""Every change to what the insights keep of their own."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from implere.initiatives.models import Initiative
from implere.insight.models import Described, OwnPoints, Recognition
from implere.live.commands import write
from implere.method import reader
from implere.organisation.models import Organisation

MOST_POINTS = 3


def recognise(organisation: Organisation, trace: str, *, headline: str, said: str, remark: str = "") -> None:
    """The group says whether it recognises a trace. Earlier answers are kept; the same twice in a row is one."""
    if said not in Recognition.Said.values:
        raise ValidationError(_("Choose one of the answers."))
    with write(f"organisation/{organisation.pk}"):
        facts = {"headline": headline[:300], "said": said, "remark": remark.strip()[:400]}
        last = Recognition.objects.filter(organisation=organisation, trace=trace).last()
        if last is None or any(getattr(last, name) != value for name, value in facts.items()):
            Recognition.objects.create(organisation=organisation, trace=trace, **facts)


def describe(initiative: Initiative, said: dict[str, str]) -> None:
    """What is typed about an initiative's characteristics: 1 to 5, or empty for not said."""
    known = {each.id for each in reader.load().advisor.characteristics}
    with write(f"initiative/{initiative.pk}"):
        for code in known & said.keys():
            rows = Described.objects.filter(initiative=initiative, characteristic=code)
            if not said[code]:
                rows.delete()
            elif said[code] in ("1", "2", "3", "4", "5"):
                Described.objects.update_or_create(
                    initiative=initiative,
                    characteristic=code,
                    defaults={"organisation_id": initiative.organisation_id, "value": int(said[code])},
                )


def set_points(organisation: Organisation, said: dict[tuple[str, str, str], str]) -> None:
    """The organisation's own points, {(characteristic, level, approach): "−3" to "3"}; ours again where they are the same. All or
    none: ValidationError for what is no such number."""
    ours = reader.load().advisor.weights
    with write(f"organisation/{organisation.pk}"):
        for (code, level, approach), text in said.items():
            if approach not in ours.get(code, {}).get(level, {}):
                continue
            points = _points(text)
            rows = OwnPoints.objects.filter(
                organisation=organisation, characteristic=code, level=level, approach=approach
            )
            if points == ours[code][level][approach]:
                rows.delete()
            elif not rows.update(points=points):
                OwnPoints.objects.create(
                    organisation=organisation,
                    characteristic=code,
                    level=level,
                    approach=approach,
                    points=points,
                )


def _points(text: str) -> int:
    digits = text.strip().replace("−", "-").replace("+", "")
    if digits.removeprefix("-").isdecimal() and abs(int(digits)) <= MOST_POINTS:
        return int(digits)
    raise ValidationError(_("Points are whole numbers from −3 to 3: “%(typed)s” is not.") % {"typed": text})
