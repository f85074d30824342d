"""The kinds of filters that we use, with errors in sentences."""

from functools import reduce
from operator import and_
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.texts import contains

WRITE = _("“%(value)s” is not a date. Write it as year, month, day: 2024-12-01.")


class DayField(django_filters.fields.forms.DateField):
    """A day as 2024-12-01 and in no other form."""

    def strptime(self, value: str, format: str) -> Any:  # noqa: A002
        return super().strptime(value, "%Y-%m-%d")

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except django_filters.fields.forms.ValidationError as error:
            raise django_filters.fields.forms.ValidationError(WRITE, params={"value": value}) from error


class Day(django_filters.DateFilter):
    """`YYYY-MM-DD`."""

    field_class = DayField


class AsOf(Day):
    """The day that the answer is about; it narrows nothing by itself."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class Search(django_filters.CharFilter):
    """Rows in which each word is found in one of these bilingual columns."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        words = (value or "").split()[:8]
        if not words:
            return qs
        found = [reduce(lambda left, right: left | right, (contains(c, word) for c in self.columns)) for word in words]
        return qs.filter(reduce(and_, found))
