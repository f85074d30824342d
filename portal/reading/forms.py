"""Asking, withdrawing, writing a note."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import ROLES_OF_KIND, Membership, Organisation, Role
from portal.reading import queries
from portal.reading.models import Audience


class AskForm(forms.Form):
    """What, whom, until when."""

    key = forms.CharField(
        label=_("What they should read"),
        max_length=300,
        help_text=_("Its permanent address, such as guide/end-use-checks. Every page shows its own beside the text."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    audience = forms.ChoiceField(label=_("Who is asked"), choices=Audience.choices, widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(label=_("Which roles"), required=False, widget=forms.CheckboxSelectMultiple)
    people = forms.MultipleChoiceField(label=_("Which people"), required=False, widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label=_("A word to them"),
        required=False,
        max_length=2000,
        help_text=_("Why it matters, what to look at. It stands above the text and in the mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    again = forms.BooleanField(
        label=_("Ask again when it changes"),
        required=False,
        help_text=_("A new edition, or other words of a law, open a new cycle. The earlier one stays on record."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members: dict[str, Membership] = {str(row.user_id): row for row in queries.members(organisation)}
        _field(self, "roles").choices = [(role.value, role.label) for role in ROLES_OF_KIND[organisation.kind]]
        _field(self, "people").choices = [
            (pk, f"{row.user} ({Role(row.role).label})") for pk, row in self.members.items()
        ]

    def clean_key(self) -> str:
        """A key, or a link to it as somebody copies it."""
        words = str(self.cleaned_data["key"]).strip()
        path = words.partition("?")[0].partition("#")[0]
        return (path.partition("/r/")[2] if "/r/" in path else path).strip("/").lower()

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The day has passed. Choose one that is still to come."))
        return day

    def clean(self) -> None:
        audience = self.cleaned_data.get("audience")
        if audience == Audience.ROLES and not self.cleaned_data.get("roles"):
            self.add_error("roles", _("Choose at least one role."))
        if audience == Audience.CHOSEN and not self.cleaned_data.get("people"):
            self.add_error("people", _("Choose at least one person."))

    def asked(self) -> dict[str, Any]:
        """The arguments of actions.ask."""
        data = dict(self.cleaned_data)
        data["people"] = [self.members[pk].user for pk in data["people"]]
        return data


def _field(form: forms.Form, name: str) -> forms.MultipleChoiceField:
    return cast(forms.MultipleChoiceField, form.fields[name])


class ReasonForm(forms.Form):
    """Why a request is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(forms.Form):
    """A note; what it may hold, actions.write_note says."""

    body = forms.CharField(
        label=_("Your note"),
        required=False,
        strip=False,
        help_text=_("Markdown; [[cn-ecl/art-12]] becomes a link. Only you see it."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    fragment = forms.CharField(
        label=_("Place on the page"),
        required=False,
        max_length=120,
        help_text=_("A paragraph or heading, as the link beside it shows, such as p-3."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
