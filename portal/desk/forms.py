"""Writing, publishing, withdrawing and correcting a notice."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.controls.models import Jurisdiction
from portal.core import texts
from portal.notices.actions import Draft, Target
from portal.notices.models import Kind, Notice
from portal.references.keys import valid
from portal.references.queries import addresses, labels

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
BOTH = [("en", _("English")), ("zh-hans", _("Chinese"))]


def pair(data: dict[str, Any], name: str) -> dict[str, str]:
    """The words of two fields `name_en` and `name_zh_hans` as `{language: words}`."""
    return {code: words for code, _name in BOTH if (words := data.get(_field(name, code), "").strip())}


def _field(name: str, code: str) -> str:
    return f"{name}_{code.replace('-', '_')}"


class KeyField(forms.CharField):
    """The key of something in the library, with a search as you type."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        key = str(super().clean(value)).strip().lower().removeprefix("[[").removesuffix("]]")
        if key and (not valid(key) or key not in addresses([key])):
            raise forms.ValidationError(_("Nothing stands at the key “%(key)s”."), params={"key": key})
        return key


class NoticeForm(forms.Form):
    """The words of a notice, in one language or both."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    reference = forms.CharField(
        label=_("Number of your own"), max_length=100, required=False, help_text=_("As printed on the official notice.")
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    title_zh_hans = forms.CharField(label=_("Title in Chinese"), max_length=300, required=False)
    summary_en = forms.CharField(
        label=_("Summary in English"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "short"})
    )
    summary_zh_hans = forms.CharField(
        label=_("Summary in Chinese"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "short"})
    )
    body_en = forms.CharField(
        label=_("Text in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Markdown. Cite a rule by its key: [[cn-ecl/art-12]]."),
    )
    body_zh_hans = forms.CharField(
        label=_("Text in Chinese"), required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    effective_on = forms.DateField(label=_("Takes effect on"), required=False, widget=DAY)
    comment_until = forms.DateField(
        label=_("Comments until"), required=False, widget=DAY, help_text=_("The last day on which comments are taken.")
    )
    comment_to = forms.CharField(
        label=_("Where comments go"), max_length=300, required=False, help_text=_("An e-mail or web address.")
    )
    jurisdictions = forms.MultipleChoiceField(
        label=_("Jurisdictions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    supersedes = KeyField(label=_("Replaces the notice"), help_text=_("The key of an earlier notice, such as notice/…"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lands = [(row.code, texts.pick(row.name)[0]) for row in Jurisdiction.objects.filter(withdrawn_on=None)]
        topics = [(value, texts.pick(words)[0]) for value, words in labels("topics")["topics"].items()]
        cast(forms.MultipleChoiceField, self.fields["jurisdictions"]).choices = lands
        cast(forms.MultipleChoiceField, self.fields["topics"]).choices = topics

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not pair(data, "title"):
            self.add_error("title_en", _("Give a title in at least one language."))
        if data.get("kind") == Kind.CONSULTATION and not data.get("comment_until"):
            self.add_error("comment_until", _("A consultation needs a last day for comments."))
        return data


class ChangeForm(forms.Form):
    """One rule that the notice changes."""

    key = KeyField(label=_("Key of the rule"))
    words_en = forms.CharField(label=_("What it does, in English"), required=False)
    words_zh_hans = forms.CharField(label=_("What it does, in Chinese"), required=False)
    effective_on = forms.DateField(label=_("From, if not the day above"), required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("words_en") or data.get("words_zh_hans")) and not data.get("key") and "key" not in self.errors:
            self.add_error("key", _("Say which rule this is about."))
        return data


class Changes(forms.BaseFormSet[ChangeForm]):
    """Two empty rows are always there for more; a row without a key is left out."""

    def targets(self) -> tuple[Target, ...]:
        found = [form.cleaned_data for form in self.forms if form.cleaned_data.get("key")]
        return tuple(Target(data["key"], pair(data, "words"), data["effective_on"]) for data in found)


ChangeFormSet = forms.formset_factory(ChangeForm, formset=Changes, extra=2, max_num=60)


def content(form: NoticeForm, changes: Changes) -> Draft:
    """What was written, for the action. Only after both are valid."""
    data = form.cleaned_data
    return Draft(
        kind=data["kind"],
        title=pair(data, "title"),
        summary=pair(data, "summary"),
        body=pair(data, "body"),
        reference=data["reference"],
        effective_on=data["effective_on"],
        comment_until=data["comment_until"],
        comment_to=data["comment_to"],
        supersedes=data["supersedes"],
        jurisdictions=tuple(data["jurisdictions"]),
        topics=tuple(data["topics"]),
        changes=changes.targets(),
    )


def initial(row: Notice) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form of an existing draft begins with: its fields, its rows of changes."""
    names = ["revision", "kind", "reference", "effective_on", "comment_until", "comment_to", "supersedes"]
    data = {name: getattr(row, name) for name in [*names, "jurisdictions", "topics"]}
    for name in ["title", "summary", "body"]:
        data |= _split(name, getattr(row, name))
    rows = [
        {"key": change.target_key, "effective_on": change.effective_on, **_split("words", change.words)}
        for change in row.changes.all()
    ]
    return data, rows


def _split(name: str, text: object) -> dict[str, str]:
    words = texts.as_dict(text)
    return {_field(name, code): words.get(code, "") for code, _name in BOTH}


class PublishForm(forms.Form):
    """Now, or at a time in the person's own zone."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("Now")), ("at", _("At a set time"))],
        widget=forms.RadioSelect,
        initial="now",
    )
    at = forms.DateTimeField(
        label=_("Time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["at"].help_text = _now("In your time zone: %(zone)s.") % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("when") == "at" and not data.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose a day and a time."))
        return data


class WordsForm(forms.Form):
    """Words for all readers, in one language or both: why a notice is withdrawn, what is corrected."""

    words_en = forms.CharField(label=_("In English"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    words_zh_hans = forms.CharField(label=_("In Chinese"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not pair(data, "words"):
            self.add_error("words_en", _("Write it in at least one language."))
        return data

    def words(self) -> dict[str, str]:
        return pair(self.cleaned_data, "words")


class ReturnForm(forms.Form):
    """What the editor is to change."""

    words = forms.CharField(label=_("What is to be changed"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
