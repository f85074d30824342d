from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet, NumberFilter

from portal.api.filters.kinds import Day
from portal.updates.models import ChangeEvent, ChangeFacet, Facet, What


class FacetFilter(CharFilter):
    """Changes with this value of a facet."""

    def __init__(self, facet: Facet, **kwargs: object) -> None:
        self.facet = facet
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[ChangeEvent], value: str) -> QuerySet[ChangeEvent]:
        if not value:
            return qs
        return qs.filter(pk__in=ChangeFacet.objects.filter(facet=self.facet, value=value).values("event"))


class ChangeFilter(FilterSet):
    topic = FacetFilter(Facet.TOPIC, help_text=_("A topic, such as end-use."))
    jurisdiction = FacetFilter(Facet.JURISDICTION, help_text=_("A jurisdiction's code, such as cn."))
    kind = FacetFilter(Facet.KIND, help_text=_("A kind of thing, such as notice, guideline or case."))
    key = CharFilter("key", help_text=_("The key of one thing: what happened to it."))
    what = ChoiceFilter(choices=[(what.value, what.value) for what in What], help_text=_("What happened."))
    substantive = BooleanFilter("substantive", help_text=_("true leaves out corrections of form."))
    since = Day("created_at", lookup_expr="date__gte", help_text=_("On this day or later, as YYYY-MM-DD."))
    until = Day("created_at", lookup_expr="date__lte", help_text=_("On this day or before, as YYYY-MM-DD."))
    after = NumberFilter("id", lookup_expr="gt", help_text=_("Only what came after the change with this number."))
