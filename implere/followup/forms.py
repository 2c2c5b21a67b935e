from django import forms
from django.utils.translation import gettext_lazy as _

from implere.followup.models import Reflection, Review
from implere.followup.queries.anchoring import STATUS_WORDS
from implere.followup.queries.reviews import CELLS
from implere.initiatives.models import Initiative
from implere.method import reader
from implere.organisation.models import Unit


class Required(forms.CharField):
    """Marked as needed; what is missing is refused by the command, in its own words."""

    def validate(self, value) -> None:
        pass


def text(label, most, rows=0, hint="", required=False):
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    # what is too long is refused by the command, in words, with all that was typed
    kind = Required if required else forms.CharField
    field = kind(label=label, required=required, help_text=hint, widget=widget, strip=True)
    field.widget.attrs["data-max"] = most
    return field


class ActionForm(forms.Form):
    use_required_attribute = False
    what = text(_("What is to happen?"), 300, rows=2, required=True)
    owner = text(_("Who? A name or a role"), 120, required=True)
    mail = text(
        _("Mail address"), 254, hint=_("Gets one mail on the day, with a link that needs no sign-in.")
    )
    due = text(_("When?"), 60, hint=_("A date, or for example: om to uger"), required=True)
    effect = text(_("Which effect in daily practice?"), 400, rows=2)
    initiative = forms.ModelChoiceField(Initiative.objects.none(), label=_("Initiative"), required=False)

    def __init__(self, *args, cycle, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["initiative"].queryset = Initiative.objects.filter(cycle=cycle, removed_at=None)
        self.fields["initiative"].empty_label = _("None in particular")


class OwnerForm(forms.Form):
    use_required_attribute = False
    owner = text(_("Who? A name or a role"), 120, required=True)
    mail = text(_("Mail address"), 254)


class ReflectionForm(forms.Form):
    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Reflection.Outcome.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    happened = text(_("What happened?"), 1000, rows=2, required=True)
    works = text(_("What works?"), 1000, rows=2)
    adjust = text(_("What must be adjusted?"), 1000, rows=2)
    what = text(_("The next action"), 300, rows=2, hint=_("Leave it empty if it is the same once more."))
    owner = text(_("Who?"), 120)
    due = text(_("When?"), 60, hint=_("A date, or for example: om to uger"))
    stopped_because = text(_("Why does it stop here?"), 600, rows=2)

    MAIN = ("happened", "works", "adjust")
    NEXT = ("what", "owner", "due")

    @property
    def main(self):
        return [self[name] for name in self.MAIN]

    @property
    def next(self):
        return [self[name] for name in self.NEXT]


# The field that a refusal is about; the others stand above the form.
FIELD_OF = {
    "missing_what": "what", "missing_owner": "owner", "unclear_date": "due", "unlikely_date": "due", "not_a_mail": "mail",
    "missing_outcome": "outcome", "missing_happened": "happened", "leads_nowhere": "stopped_because",
    "leads_both_ways": "stopped_because", "missing_judgement": "outcome", "missing_cell": "cell", "missing_learning": "learning",
    "missing_irrelevant_reason": "reason", "not_a_link": "link",
}  # fmt: skip


def add_refusal(form: forms.Form, refused) -> None:
    """Puts the sentence beside its field. What was typed is still in the form."""
    name = FIELD_OF.get(refused.code)
    form.add_error(name if name in form.fields else None, refused.sentence)


class ReviewForm(forms.Form):
    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("Did the effect come that was written down beforehand?"), choices=Review.Outcome.choices,
        widget=forms.RadioSelect, required=False, help_text=_("“Partly” is a no, unless a threshold was written down."),
    )  # fmt: skip
    seen = text(_("How do we see it?"), 400, rows=2)
    cell = forms.ChoiceField(
        label=_("Was the choice right?"),
        choices=[(c.id, c.title) for c in CELLS],
        widget=forms.RadioSelect,
        required=False,
    )
    learning = text(
        _("What have we learnt?"), 300, rows=2, required=True, hint=_("A sentence that helps the next time.")
    )
    takes_along = text(_("What do we take along?"), 400, rows=2)
    phase = forms.ChoiceField(label=_("When in the course of it?"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)

    MAIN = ("learning", "takes_along", "phase", "unit")

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = [("", "–"), *((p.id, str(p.text)) for p in reader.load().phases)]
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)
        self.fields["unit"].empty_label = "–"

    @property
    def cells(self):
        return [(c, self["cell"].value() == c.id) for c in CELLS]

    @property
    def main(self):
        return [self[name] for name in self.MAIN]

    @property
    def said(self) -> dict:
        """What the command takes."""
        cell = next((c for c in CELLS if c.id == self.cleaned_data.get("cell")), None)
        return self.cleaned_data | {
            "right_then": cell.right_then if cell else None,
            "right_now": cell.right_now if cell else None,
        }


def review_form(decision, posted=None, outcome: str = "") -> ReviewForm:
    """The form with what was said before, if anything; else with what the group answered."""
    held = getattr(decision, "review", None)
    initial = {"outcome": outcome}
    if held:
        cell = next(
            (c.id for c in CELLS if (c.right_then, c.right_now) == (held.right_then, held.right_now)), ""
        )
        names = ("outcome", "seen", "learning", "takes_along", "phase", "unit")
        initial = {name: getattr(held, name) for name in names} | {"cell": cell}
    return ReviewForm(posted, organisation=decision.organisation, initial=initial)


class StepForm(forms.Form):
    status = forms.ChoiceField(
        label=_("How is it?"), choices=list(STATUS_WORDS.items()), widget=forms.RadioSelect
    )
    reason = text(_("Why is it not relevant here?"), 300, hint=_("Only where it is not."))
    answer = text(_("Our answer"), 2000, rows=4)
    evidence = text(_("How do we know?"), 1000, rows=2)
    link = text(_("A link to it"), 500)
    figure = text(_("A figure"), 120, hint=_("With what it counts: 14 of 18 shifts, 3 March"))
    responsible = text(_("Who sees to it?"), 120)
    due = text(_("By when?"), 60, hint=_("A date, or for example: om to uger"))

    MORE = ("answer", "evidence", "link", "figure", "responsible", "due", "reason")

    @property
    def more(self):
        return [self[name] for name in self.MORE]


def step_form(standing, posted=None) -> StepForm:
    """The form with the answer that stands."""
    initial = {"status": "unassessed"}
    if standing:
        names = ("status", "reason", "answer", "evidence", "link", "figure", "responsible")
        initial = {name: getattr(standing, name) for name in names} | {"due": standing.due_raw}
    return StepForm(posted, initial=initial)
