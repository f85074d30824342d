"""What people are asked about courses."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.courses import queries
from portal.courses.models import CourseVersion
from portal.organisations.models import Organisation
from portal.organisations.permissions import roles_that_can

ONESELF = "self"


class EnrolForm(forms.Form):
    """For whom somebody learns: whoever it is will see the progress."""

    learn_for = forms.ChoiceField(label=gettext_lazy("For whom do you take it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        field = self.fields["learn_for"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [
            (
                str(organisation.pk),
                _("For %(organisation)s: its compliance officers and trainers see how far you are and your results")
                % {"organisation": organisation},
            ),
            (ONESELF, _("For myself: nobody else sees it")),
        ]
        self.initial.setdefault("learn_for", str(organisation.pk))

    def chosen(self) -> Organisation | None:
        """The organisation, or None for oneself."""
        return None if self.cleaned_data["learn_for"] == ONESELF else self.organisation


class TitledChoice(forms.ModelChoiceField[CourseVersion]):
    """A course by its title in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class MembersForm(forms.Form):
    """Which members of an organisation to enrol in which course."""

    course = TitledChoice(label=gettext_lazy("Course"), queryset=CourseVersion.objects.none())
    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Members"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Who is enrolled already stays as they are; who has used all attempts gets a new round."
        ),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course, members = self.fields["course"], self.fields["members"]
        assert isinstance(course, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(members, forms.ModelMultipleChoiceField)  # noqa: S101
        course.queryset = queries.courses()
        course.empty_label = None
        members.queryset = queries.members_who_learn(organisation, roles_that_can("course.take"))


class RevokeForm(forms.Form):
    """Why a certificate is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "It stays in the record of your organisation. The public page says only that it was revoked."
        ),
    )


class SerialForm(forms.Form):
    """The number of a certificate, as it stands on paper."""

    serial = forms.CharField(
        label=gettext_lazy("Serial number"),
        max_length=40,
        help_text=gettext_lazy("Twelve letters and digits, such as 7KQ2-M4XW-9RTB; it stands on the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
