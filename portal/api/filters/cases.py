from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, FilterSet, NumberFilter

from portal.api.filters.kinds import Day, Search
from portal.cases.models import Case, CaseLabel, Facet


class LabelFilter(CharFilter):
    """Cases with this value of a facet."""

    def __init__(self, facet: Facet, **kwargs: object) -> None:
        self.facet = facet
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Case], value: str) -> QuerySet[Case]:
        if not value:
            return qs
        return qs.filter(pk__in=CaseLabel.objects.filter(facet=self.facet, value=value).values("case"))


class CaseFilter(FilterSet):
    jurisdiction = CharFilter("jurisdiction__code", help_text=_("A jurisdiction's code, such as us."))
    kind = CharFilter("kind", help_text=_("A kind, such as administrative_penalty."))
    element = LabelFilter(Facet.ELEMENT, help_text=_("An element of the programme that failed, such as screening."))
    violation = LabelFilter(Facet.VIOLATION, help_text=_("What was violated, such as unlicensed_export."))
    instrument = LabelFilter(Facet.INSTRUMENT, help_text=_("The key of a law, such as us-ear."))
    entry = LabelFilter(Facet.ENTRY, help_text=_("The key of a list entry, such as mtcr/1.a.1."))
    authority = LabelFilter(Facet.AUTHORITY, help_text=_("An authority's slug, such as us-bis."))
    destination = LabelFilter(Facet.DESTINATION, help_text=_("A country's two letters in lower case, such as ir."))
    discovery = CharFilter("discovery", help_text=_("How it came to light, such as audit."))
    space = BooleanFilter("space_related", help_text=_("true for cases about space technology."))
    alleged = BooleanFilter("alleged", help_text=_("true for cases that are not decided."))
    year = NumberFilter("sort_date__year", help_text=_("A year, such as 2017."))
    since = Day("sort_date", lookup_expr="gte", help_text=_("The first day, as YYYY-MM-DD."))
    until = Day("sort_date", lookup_expr="lte", help_text=_("The last day, as YYYY-MM-DD."))
    q = Search("title", "summary", "facts", help_text=_("Words in either language."))
