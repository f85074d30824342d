"""What people fill in: the answer to a question, the start of an assessment, a delegation, a review."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.assessments.actions import cleaned
from portal.assessments.models import NOT_APPLICABLE, Assessment, Delegation, Question, QuestionType
from portal.assessments.queries import Line, Sheet, candidates
from portal.assessments.scoring import Given
from portal.core.errors import PortalError
from portal.organisations.models import Organisation


@dataclass(slots=True)
class Entry:
    """One question as a browser sent it: not yet checked."""

    value: Any = None
    not_applicable: bool = False
    reason: str = ""
    note: str = ""
    seen: int | None = 0

    def differs(self, line: Line) -> bool:
        """Whether this says something else than the answer that counts."""
        event = line.event
        stored = (event.value, event.not_applicable, event.reason, event.note) if event else (None, False, "", "")
        try:
            value = None if self.not_applicable else cleaned(line.question, self.value)
        except PortalError:
            return True
        reason = _tidy(self.reason) if self.not_applicable else ""
        return (value, self.not_applicable, reason, _tidy(self.note)) != stored

    def as_action(self) -> dict[str, Any]:
        """The keyword arguments of actions.answer."""
        return {
            "value": self.value,
            "not_applicable": self.not_applicable,
            "reason": self.reason,
            "note": self.note,
            "seen": self.seen,
        }


def _tidy(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def names(question: Question) -> list[str]:
    """The names of a question's fields in a form."""
    return [f"{question.label}.{part}" for part in ("value", "na", "reason", "note", "seen")]


def entry(question: Question, data: QueryDict) -> Entry | None:
    """What a browser sent for a question; None when it sent nothing at all about it."""
    value_name, na_name, reason_name, note_name, seen_name = names(question)
    if not any(name in data for name in names(question)):
        return None
    multiple = question.type == QuestionType.MULTIPLE
    value: Any = data.getlist(value_name) if multiple else data.get(value_name, "")
    not_applicable = na_name in data or value == NOT_APPLICABLE
    seen = data.get(seen_name, "")
    return Entry(
        value=None if value == NOT_APPLICABLE else value,
        not_applicable=not_applicable,
        reason=data.get(reason_name, ""),
        note=data.get(note_name, ""),
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
    )


def given_by(sheet: Sheet, data: QueryDict) -> tuple[dict[str, Given], dict[str, str]]:
    """Answers that are not to be stored, by label, and what is wrong with the others."""
    given: dict[str, Given] = {}
    errors: dict[str, str] = {}
    for line in sheet.lines:
        sent = entry(line.question, data)
        if sent is None:
            continue
        try:
            value = None if sent.not_applicable else cleaned(line.question, sent.value)
        except PortalError as error:
            errors[line.question.label] = str(error)
            continue
        if value is not None or sent.not_applicable:
            given[line.question.label] = Given(value, sent.not_applicable)
    return given, errors


def packed(given: Mapping[str, Given]) -> str:
    """Answers of a quick check as text for a hidden field."""
    return json.dumps({label: [answer.value, answer.not_applicable] for label, answer in given.items()})


def unpacked(text: str) -> dict[str, Given]:
    """The answers of such a text; empty when it is not one. Values are checked when they are stored."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        str(label): Given(pair[0], bool(pair[1]))
        for label, pair in data.items()
        if isinstance(pair, list) and len(pair) == 2
    }


def date_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class StartForm(forms.ModelForm[Assessment]):
    """Choosing title, scope and dates. `ref` makes sending the form twice harmless."""

    ref = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    period_from = date_field(_("Period from"))
    period_until = date_field(_("Period until"))
    due_on = date_field(_("Answers due on"))

    class Meta:
        model = Assessment
        fields = ["title", "scope", "period_from", "period_until", "due_on"]
        widgets = {"scope": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "scope": _("Which entities, sites, business lines or products the answers speak for."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("period_from"), data.get("period_until")
        if start and end and end < start:
            self.add_error("period_until", _("The period ends before it begins."))
        return data


class DelegateForm(forms.ModelForm[Delegation]):
    """Choosing a colleague and a date."""

    due_on = date_field(_("Due on"))

    class Meta:
        model = Delegation
        fields = ["user", "due_on", "message"]
        labels = {"user": _("Colleague")}
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = candidates(organisation)
        field.label_from_instance = _person  # type: ignore[method-assign, assignment]

    def clean_due_on(self) -> Any:
        due = self.cleaned_data["due_on"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return due


def _person(user: User) -> str:
    return f"{user.name} ({user.email})" if user.name else user.email


class ReasonForm(forms.Form):
    """A reason in words, which stays with the assessment."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


class DecisionForm(forms.Form):
    """The words on the whole that go with a reviewer's decision."""

    reason = forms.CharField(
        label=_("Your words on the whole"),
        help_text=_("Needed when you return the answers: what should be done before they come back."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
