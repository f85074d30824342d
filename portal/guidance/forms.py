"""The two dates of a comparison."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.dates import FIRST_YEAR, LAST_YEAR

WRITE = gettext_lazy("“%(value)s” is not a date. Write it as year, month, day: 2024-12-01.")


class DayField(forms.DateField):
    """A day as 2024-12-01. What is not a date is shown again as it was typed, which a date control would not do."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "list": "days"})
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        try:
            day = super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(WRITE, params={"value": value}) from error
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(WRITE, params={"value": value})
        return day


class TwoDatesForm(forms.Form):
    """`from` and `to`, both days of the law; everything else that a comparison has is carried along."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(label=_("First date"))
        self.fields["to"] = DayField(label=_("Second date"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("from"), data.get("to")
        if first and last and first > last:
            self.add_error("to", _("The second date is before the first one. Put the earlier date first."))
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.input_type = "text"
        return data
