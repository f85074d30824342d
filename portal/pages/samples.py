"""What the style page shows: one of each component, with invented content."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.datebar import DateBar, Mark, Span, date_bar
from portal.core.dates import today


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Name of the item"), help_text=gettext_lazy("As it stands on the invoice.")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("goods", gettext_lazy("Goods")), ("technology", gettext_lazy("Technology"))],
    )
    destinations = forms.MultipleChoiceField(
        label=gettext_lazy("Destinations"),
        choices=[("cn", gettext_lazy("China")), ("de", gettext_lazy("Germany")), ("us", gettext_lazy("United States"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    remarks = forms.CharField(label=gettext_lazy("Remarks"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    sure = forms.BooleanField(label=gettext_lazy("I have read the entry"), required=False)


def bar() -> DateBar:
    """A law that was enacted, took effect and was amended."""
    return date_bar(
        on=dt.date(2021, 6, 1),
        today=today(),
        words=_("In force"),
        kind="good",
        sentence=_("Amended twice since."),
        marks=[
            Mark(dt.date(2020, 10, 17), _("enacted"), "?on=2020-10-17"),
            Mark(dt.date(2020, 12, 1), _("in force"), "?on=2020-12-01"),
            Mark(dt.date(2024, 12, 1), _("amended"), "?on=2024-12-01"),
        ],
        spans=[
            Span(dt.date(2020, 10, 17), dt.date(2020, 12, 1), "pending"),
            Span(dt.date(2020, 12, 1), None, "good"),
        ],
    )


def context() -> dict[str, Any]:
    """The whole context of the style page."""
    wrong = SampleForm({"name": "", "kind": "goods"}, prefix="wrong")
    return {
        "bar": bar(),
        "form": SampleForm(),
        "wrong": wrong,
        "page_obj": Paginator(range(1200), 30).page(7),
        "crumbs": [(_("Rules"), "#"), (_("Export Control Law"), "#"), (_("Article 12"), "")],
        "tokens": ["paper", "paper-raised", "paper-sunken", "ink", "ink-soft", "ink-faint", "rule", "rule-strong"],
        "inks": ["action", "action-strong", "attention", "good"],
    }
