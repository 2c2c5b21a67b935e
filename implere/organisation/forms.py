from django import forms
from django.utils.translation import gettext_lazy as _

from implere.organisation.models import Membership, Unit


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Name of the organisation"), max_length=120)


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Name of the unit"), max_length=120)
    parent = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Lies under"), required=False, empty_label=_("– at the top")
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.filter(organisation=organisation)


class WordingsForm(forms.Form):
    """A field for each approach, named by its id: the organisation's own words; empty, the method's."""

    def __init__(self, *args, approaches, **kwargs):
        super().__init__(*args, **kwargs)
        for worded in approaches:
            field = forms.CharField(
                label=str(worded.approach.name),
                help_text=str(worded.approach.one_line),
                max_length=200,
                required=False,
                initial=worded.own,
            )
            field.colour = worded.approach.colour
            self.fields[worded.approach.id] = field


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    username = forms.SlugField(
        label=_("User name"), max_length=60, help_text=_("Small letters and figures, to sign in with.")
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.FACILITATOR
    )
