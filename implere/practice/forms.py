from django import forms
from django.utils.translation import gettext_lazy as _

from implere.method import reader
from implere.organisation.models import Unit
from implere.practice.models import Asked, Indicator, Knowing, Knowledge, Mark, Need

DAY = {"type": "date"}
MONTH = {"type": "month"}
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_MONTHS = 60
MOST_HOURS = 100_000


def _day(**more):
    return forms.DateInput(attrs=DAY | more, format="%Y-%m-%d")


def _refuse_unlikely(form, *names) -> None:
    for name in names:
        if (found := form.cleaned_data.get(name)) and not FIRST_YEAR <= found.year <= LAST_YEAR:
            form.add_error(name, _("Look at the year: it is hardly meant."))


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = Indicator
        fields = [
            "title", "kind", "unit_of_measure", "direction", "target", "changed_on", "compared_with", "source",
        ]  # fmt: skip
        labels = {
            "title": _("What is counted"),
            "kind": _("How it is counted"),
            "unit_of_measure": _("Unit of measure"),
            "direction": _("Which way is wanted"),
            "target": _("Target"),
            "changed_on": _("When daily practice changed"),
            "compared_with": _("What it is compared with"),
            "source": _("Where the numbers come from"),
        }
        help_texts = {
            "title": _("For example sick leave, or citizens with a plan."),
            "target": _("For a part of a whole: in per cent."),
            "changed_on": _(
                "Parts before from after. Leave it empty until something has changed in daily practice."
            ),
            "compared_with": _("For example the national average, or a sister unit."),
        }
        widgets = {"changed_on": _day()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].localize = True
        self.fields["target"].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        self.fields["target"].widget.is_localized = True

    def clean(self):
        _refuse_unlikely(self, "changed_on")


class NumbersForm(forms.Form):
    cells = forms.CharField(
        label=_("Type or paste: a date, our number, and perhaps the comparison's"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(label=_("Or a file: .xlsx or CSV"), required=False)

    def clean(self):
        if not self.cleaned_data.get("cells", "").strip() and not self.cleaned_data.get("file"):
            self.add_error("cells", _("Paste the numbers, or choose a file."))


class MarkForm(forms.ModelForm):
    class Meta:
        model = Mark
        fields = ["on", "text"]
        labels = {"on": _("Date"), "text": _("What was done")}
        widgets = {"on": _day()}

    def clean(self):
        _refuse_unlikely(self, "on")


class MonthField(forms.DateField):
    """The first day of a month, written 2027-03."""

    widget = forms.DateInput(attrs=MONTH, format="%Y-%m")

    def __init__(self, **more):
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **more)

    def clean(self, value):
        found = super().clean(value)
        return found.replace(day=1) if found else found


class NeedForm(forms.ModelForm):
    starts_on = MonthField(label=_("From month"))
    ends_on = MonthField(label=_("To month"))

    class Meta:
        model = Need
        fields = ["unit", "role", "starts_on", "ends_on", "size", "hours"]
        labels = {
            "unit": _("Unit"), "role": _("Who it takes"), "hours": _("Or hours a month"),
        }  # fmt: skip
        help_texts = {
            "role": _("For example coaches, or shift leaders."),
            "hours": _("Leave both empty where nobody knows yet: it then counts as unknown, not as nothing."),
        }

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)
        self.fields["size"] = forms.ChoiceField(
            label=_("Roughly how much"),
            required=False,
            choices=[("", "–"), *((size.id, f"{size.id} · {size.text}") for size in reader.load().sizes)],
        )
        self.order_fields(["unit", "role", "starts_on", "ends_on", "size", "hours"])

    def clean(self):
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        _refuse_unlikely(self, "starts_on", "ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The last month can't come before the first."))
        elif start and end and 12 * (end.year - start.year) + end.month - start.month >= MOST_MONTHS:
            self.add_error("ends_on", _("That is more than five years. Look at the year."))
        _refuse_too_many(self)
        if self.cleaned_data.get("hours") is not None:
            self.cleaned_data["size"] = ""  # hours are more exact than a size


def _refuse_too_many(form) -> None:
    if (form.cleaned_data.get("hours") or 0) > MOST_HOURS:
        form.add_error("hours", _("That is more hours than can be meant."))


class HoursForm(forms.Form):
    """The same unit and month again is a correction."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    starts_on = MonthField(label=_("From month"))
    hours = forms.IntegerField(
        label=_("Hours a month for initiatives"),
        min_value=0,
        required=False,
        help_text=_("Empty: nobody knows. 0: none."),
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)

    def clean(self):
        _refuse_unlikely(self, "starts_on")
        _refuse_too_many(self)


class SizesForm(forms.Form):
    """The organisation's own meaning of each size."""

    def __init__(self, *args, sizes, **kwargs):
        super().__init__(*args, **kwargs)
        for size in sizes:
            self.fields[f"hours-{size.id}"] = forms.IntegerField(
                label=_("%(size)s: hours a month") % {"size": size.id}, min_value=0, max_value=MOST_HOURS,
                initial=size.hours,
            )  # fmt: skip
            self.fields[f"words-{size.id}"] = forms.CharField(
                label=_("%(size)s in your own words") % {"size": size.id}, max_length=120, required=False,
                initial=size.words,
            )  # fmt: skip


class AskedForm(forms.ModelForm):
    knowledge_title = forms.CharField(label=_("What one must know or be able to do"), max_length=120)

    class Meta:
        model = Asked
        fields = ["unit", "help_from"]
        labels = {"unit": _("Unit"), "help_from": _("Where we get help")}

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)
        self.order_fields(["unit", "knowledge_title", "help_from"])


class KnowingForm(forms.Form):
    """Said again of the same unit and knowledge, it is a correction."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    knowledge = forms.ModelChoiceField(Knowledge.objects.none(), label=_("What"))
    level = forms.ChoiceField(choices=Knowing.Level, label=_("How much"))

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)
        self.fields["knowledge"].queryset = Knowledge.objects.filter(organisation=organisation)
