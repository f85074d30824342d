"""What a person says about a saved search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.search.models import Frequency


class SaveForm(forms.Form):
    """A name, and how often to be told of what is new."""

    name = forms.CharField(label=_("Name"), max_length=120)
    frequency = forms.ChoiceField(
        label=_("Mail what is new"), choices=Frequency.choices, required=False, initial=Frequency.NEVER
    )

    def clean_frequency(self) -> str:
        return str(self.cleaned_data["frequency"] or Frequency.NEVER)
