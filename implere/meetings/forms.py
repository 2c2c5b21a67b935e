from django import forms
from django.utils.translation import gettext_lazy as _

from implere.accounts.models import User
from implere.meetings.models import Activity, Meeting
from implere.method import reader
from implere.organisation.models import Membership, Unit


class MeetingForm(forms.Form):
    """A new meeting, from a template or copied from an earlier one."""

    title = forms.CharField(label=_("Title"), max_length=120)
    agenda = forms.ChoiceField(label=_("Agenda"))
    audience = forms.ChoiceField(label=_("For"), choices=Meeting.Audience.choices)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("– all")
    )
    planned_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, cycle, earlier, **kwargs):
        """`earlier` are the meetings that the user may copy from."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(organisation_id=cycle.organisation_id)
        templates = [(f"template/{t.id}", str(t.title)) for t in reader.load().templates.values()]
        earlier = [(f"copy/{m.pk}", m.title) for m in earlier.filter(organisation_id=cycle.organisation_id)]
        groups = [(_("Templates"), templates)] + (
            [(_("Copy an earlier meeting"), earlier)] if earlier else []
        )
        self.fields["agenda"].choices = groups

    def clean_planned_at(self):
        when = self.cleaned_data["planned_at"]
        if when and not 2000 <= when.year <= 2100:
            raise forms.ValidationError(_("Look at the year: it is hardly meant."))
        return when


class ActivityForm(forms.ModelForm):
    class Meta:
        model = Activity
        fields = ["title", "question", "hint", "say", "minutes", "anonymous"]
        labels = {
            "title": _("Title on the agenda"),
            "question": _("The question to the participants"),
            "hint": _("What helps them"),
            "say": _("What you say to the group"),
            "minutes": _("Minutes"),
            "anonymous": _("Anonymous"),
        }
        widgets = {"say": forms.Textarea(attrs={"rows": 4}), "hint": forms.Textarea(attrs={"rows": 2})}

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480)
    chooses = forms.IntegerField(label=_("At most so many go on"), min_value=1, max_value=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "chooses" in self.instance.config:
            self.fields["chooses"].initial = self.instance.config["chooses"]
        else:
            del self.fields["chooses"]


class FacilitatorForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"), empty_label=_("– choose"))

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(organisation_id=meeting.organisation_id).values("user")
        named = meeting.facilitations.values("user")
        self.fields["user"].queryset = User.objects.filter(pk__in=members).exclude(pk__in=named)
