"""Handing in an official text, and taking one back."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import texts
from portal.desk.forms import BOTH, DAY
from portal.guidance import actions, statutes
from portal.guidance.models import Instrument
from portal.guidance.presenting import fault_sentence
from portal.guidance.statutes.source import foreign

FORMATS = [("auto", _("Find out from the file")), *statutes.FORMATS.items()]
ACCEPTED = ",".join(f".{ending}" for ending in statutes.ENDINGS)


class TextForm(forms.Form):
    """A file and what is to be known about it."""

    law = forms.ChoiceField(label=_("Law"))
    language = forms.ChoiceField(label=_("Language of the text"), choices=BOTH)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "eCFR, Akoma Ntoso or Formex XML, Markdown or YAML. The file is kept, but shown to nobody as it is."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS, required=False, initial="auto")
    valid_from = forms.DateField(
        label=_("Good from"),
        widget=DAY,
        help_text=_("The first day on which the law has these words, not the day on which you fetched them."),
    )
    valid_until = forms.DateField(
        label=_("Good until"),
        required=False,
        widget=DAY,
        help_text=_("The first day on which they are no longer good; most texts have none."),
    )
    source_title = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The official publication, as a reader would cite it.")
    )
    source_publisher = forms.CharField(label=_("Publisher of the source"), max_length=200, required=False)
    source_url = forms.URLField(
        label=_("Web address of the source"), max_length=400, required=False, assume_scheme="https"
    )
    source_date = forms.DateField(label=_("Date of the source"), required=False, widget=DAY)

    def __init__(self, *args: Any, laws: QuerySet[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.laws = laws
        field = cast(forms.ChoiceField, self.fields["law"])
        field.choices = [("", "—")] + [
            (row.key, f"{row.jurisdiction.code.upper()} · {texts.pick(row.short)[0] or texts.pick(row.title)[0]}")
            for row in laws
        ]

    def clean_file(self) -> actions.Received | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload is None:
            return None
        problem = actions.too_large(upload.size or 0)
        if problem:
            raise forms.ValidationError(problem)
        name = upload.name or ""
        ending = name.rpartition(".")[2].lower()
        if ending not in statutes.ENDINGS:
            endings = ", ".join(f".{known}" for known in statutes.ENDINGS)
            raise forms.ValidationError(
                _("Files with the ending “.%(ending)s” are not taken. Known: %(endings)s."),
                params={"ending": ending[:20], "endings": endings},
            )
        data = upload.read()
        try:
            foreign(data)
        except statutes.Unreadable as error:
            raise forms.ValidationError(
                [fault_sentence(fault.message, fault.values) for fault in error.faults]
            ) from error
        return actions.Received(name, data)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, end = data.get("valid_from"), data.get("valid_until")
        if first and end and end <= first:
            self.add_error("valid_until", _("The text must end after it begins."))
        kind, file = data.get("format") or "auto", data.get("file")
        ending = file.name.rpartition(".")[2].lower() if file else ""
        if file and kind != "auto" and kind not in statutes.ENDINGS[ending]:
            self.add_error("format", _("A file with this ending has another format."))
        return data

    def terms(self) -> actions.Terms:
        """For which law, in which language, good from when. Only after the form is valid."""
        data = self.cleaned_data
        law = self.laws.get(key=data["law"])
        return actions.Terms(law, data["language"], data["valid_from"], data["valid_until"])

    def received(self) -> actions.Received:
        """The file with the format that was said."""
        file: actions.Received = self.cleaned_data["file"]
        return actions.Received(file.name, file.data, self.cleaned_data["format"] or "auto")

    def source(self) -> actions.Source:
        """Where the text comes from."""
        data = self.cleaned_data
        return actions.Source(data["source_title"], data["source_publisher"], data["source_url"], data["source_date"])


class TakeBackForm(forms.Form):
    """Why an import is taken back."""

    because = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Followers of the law read this."),
    )
