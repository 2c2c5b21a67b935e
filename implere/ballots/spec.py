"""What a ballot asks about each subject, from the activity's settings and the method's data, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import get_language

from implere.meetings.models import Activity
from implere.method import reader
from implere.organisation.models import Wording

PROBABILITIES = tuple(str(step) for step in range(0, 101, 10))


@dataclass(frozen=True)
class Option:
    """A possible answer; `slot` is an approach's colour, 0 for the others. `aside` ones are not what one looks for first."""

    id: str
    label: str
    slot: int = 0
    sign: str = ""
    words: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Value:
    """Something that is asked about each subject."""

    id: str
    type: str
    label: str
    role: str
    options: tuple[Option, ...]
    preset_new: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        if self.type == "probability":
            return PROBABILITIES
        if self.type == "dots":
            return ("0", "1")
        return tuple(option.id for option in self.options)

    @property
    def main(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if not option.aside)

    @property
    def rest(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.aside)


def values(activity: Activity) -> tuple[Value, ...]:
    """All that the ballot asks, in order. One query, for the organisation's own wordings."""
    method = reader.load()
    own = _own_wordings(activity)
    return tuple(
        Value(
            id=row["id"],
            type=row["type"],
            label=_words(row["label"]),
            role=row.get("role", ""),
            options=_options(row, method, own),
            preset_new=row.get("preset_new", ""),
        )
        for row in activity.config.get("values", [])
    )


def by_role(values: tuple[Value, ...], role: str) -> Value | None:
    """The value that plays this role (today, onwards, forecast), or None."""
    return next((value for value in values if value.role == role), None)


def _words(text: dict) -> str:
    return text["en"] if (get_language() or "da").startswith("en") else text["da"]


def _own_wordings(activity: Activity) -> dict:
    rows = Wording.objects.filter(organisation_id=activity.organisation_id, language=get_language() or "da")
    return dict(rows.values_list("key", "text"))


def _options(row: dict, method, own: dict) -> tuple[Option, ...]:
    if row["type"] in ("probability", "dots"):
        return ()
    if row["options"] == "approaches":
        options = tuple(
            Option(a.id, str(a.name), a.colour, a.sign, own.get(f"approach/{a.id}/one_line", str(a.one_line)))
            for a in method.approaches
        )
    else:
        options = tuple(Option(e.id, str(e.text)) for e in method.scales[row["options"]].options)
    more = method.scales[row["more"]].options if row.get("more") else ()
    return options + tuple(Option(e.id, str(e.text), aside=True) for e in more)
