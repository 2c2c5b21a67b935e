from django import forms
from django.utils.translation import gettext_lazy as _

from implere.initiatives.models import Initiative, Theme


class CycleForm(forms.Form):
    name = forms.CharField(label=_("Name of the cycle"), max_length=120)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The horizon: half a year to a whole year ahead."),
    )

    def clean(self):
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", _("The cycle must end after it begins."))
        for name, day in (("starts_on", start), ("ends_on", end)):
            if day and not 2000 <= day.year <= 2100:
                self.add_error(name, _("Look at the year: it is hardly meant."))


class InitiativeForm(forms.ModelForm):
    class Meta:
        model = Initiative
        fields = ["title", "status", "theme", "owner", "seen_by", "description"]
        labels = {
            "title": _("Title"),
            "status": _("Status"),
            "theme": _("Theme"),
            "owner": _("Owner"),
            "seen_by": _("What will be seen in daily practice in six months?"),
            "description": _("Remarks"),
        }
        help_texts = {"seen_by": _("One sentence. The group's forecasts are made against it.")}
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, cycle, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = Theme.objects.filter(cycle=cycle)
        self.fields["theme"].required = False
        self.fields["status"].required = False


class ListForm(forms.Form):
    file = forms.FileField(label=_("A file: .xlsx or CSV"), required=False)
    cells = forms.CharField(
        label=_("Or paste the cells here"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
