"""Forms of followers."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.updates.models import Facet, Frequency
from portal.updates.queries import Words

EXPLAINED = {
    Frequency.AT_ONCE: _("At once, a mail for each batch of changes"),
    Frequency.DAILY: _("Daily, at 07:00 UTC"),
    Frequency.WEEKLY: _("Weekly, on Monday"),
    Frequency.MONTHLY: _("Monthly, on the first day"),
}


class FollowForm(forms.Form):
    """What to follow and how often. A facet without a tick takes everything."""

    jurisdiction = forms.MultipleChoiceField(
        label=_("Jurisdictions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means all of them."),
    )
    topic = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means all of them. What has no topic, as most laws, comes only then."),
    )
    kind = forms.MultipleChoiceField(
        label=_("Kinds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means all of them."),
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=[(value.value, words) for value, words in EXPLAINED.items()],
        initial=Frequency.WEEKLY.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for facet in Facet.values:
            cast(forms.MultipleChoiceField, self.fields[facet]).choices = words.choices(facet)

    @property
    def filters(self) -> dict[str, list[str]]:
        """Facet -> wanted values, of a valid form."""
        return {facet: self.cleaned_data[facet] for facet in Facet.values}


class SignUpForm(FollowForm):
    """For visitors: also where to, and in which language."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send one mail to ask whether it is yours; nothing else until you say so."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        local, _at, domain = address.rpartition("@")
        try:
            local.encode("ascii")
            domain.encode("idna")
        except UnicodeError:
            raise forms.ValidationError(_("Mail servers do not understand this address.")) from None
        return address.lower()


class FrequencyForm(forms.Form):
    """How often one subscription is told."""

    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices)
