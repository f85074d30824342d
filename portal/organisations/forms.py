"""Founding, inviting, settings, tokens."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.organisations.models import ROLES_OF_KIND, Kind, Organisation, Role
from portal.organisations.permissions import grantable


class CountryField(forms.RegexField):
    """Two letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^[A-Za-z]{2}$",
            label=_("Country"),
            help_text=_("Two letters, such as CN or DE."),
            required=False,
            error_messages={"invalid": _("Write the country as two letters, such as CN or DE.")},
            widget=forms.TextInput(attrs={"maxlength": 2, "autocomplete": "country"}),
            **kwargs,
        )


class FoundForm(forms.Form):
    """A new firm or training provider."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(Kind.FIRM, Kind.FIRM.label), (Kind.PROVIDER, Kind.PROVIDER.label)],
        widget=forms.RadioSelect,
        initial=Kind.FIRM,
        help_text=_("Authorities are set up by the operator of this site."),
    )
    country = CountryField()


class InviteForm(forms.Form):
    """Whom, and as what."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, inviter: User, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (role.value, role.label) for role in grantable(inviter, organisation)
        ]


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (role.value, Role(role).label) for role in ROLES_OF_KIND[organisation.kind]
        ]


class SettingsForm(forms.Form):
    """What people see of the organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    country = CountryField()


class CloseForm(forms.Form):
    """The name again, to show that this one is meant."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)


class TokenForm(forms.Form):
    """A name by which people will know the token later."""

    name = forms.CharField(
        label=_("What it is for"), max_length=100, help_text=_("For example: nightly copy to our own system.")
    )
