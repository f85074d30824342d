from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet, NumberFilter

from portal.api.filters.kinds import Day, Search
from portal.core.dates import today
from portal.notices.models import Facet, Kind, Notice, NoticeLabel, State


class LabelFilter(CharFilter):
    """Notices with this value of a facet."""

    def __init__(self, facet: Facet, **kwargs: object) -> None:
        self.facet = facet
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Notice], value: str) -> QuerySet[Notice]:
        if not value:
            return qs
        return qs.filter(pk__in=NoticeLabel.objects.filter(facet=self.facet, value=value).values("notice"))


class NoticeFilter(FilterSet):
    authority = CharFilter("authority_key", help_text=_("An authority's key, such as authority/cn-mofcom."))
    jurisdiction = LabelFilter(Facet.JURISDICTION, help_text=_("A jurisdiction's code, such as cn."))
    topic = LabelFilter(Facet.TOPIC, help_text=_("A topic, such as end-use."))
    kind = ChoiceFilter(choices=[(kind.value, kind.value) for kind in Kind], help_text=_("What the notice does."))
    year = NumberFilter("year", help_text=_("The year of its number."))
    since = Day("published_at", lookup_expr="date__gte", help_text=_("Published on this day or later, as YYYY-MM-DD."))
    until = Day("published_at", lookup_expr="date__lte", help_text=_("Published on this day or before, as YYYY-MM-DD."))
    open = BooleanFilter(method="taking_comments", help_text=_("true for those on which comments are taken today."))
    state = ChoiceFilter(
        choices=[("published", "published"), ("withdrawn", "withdrawn")],
        method="standing",
        help_text=_("withdrawn for those that were withdrawn; without it, those that are good."),
    )
    q = Search("title", "summary", "body", help_text=_("Words in either language."))

    def filter_queryset(self, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        rows: QuerySet[Notice] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["state"] else rows.filter(state=State.PUBLISHED)

    def standing(self, rows: QuerySet[Notice], name: str, value: str) -> QuerySet[Notice]:
        return rows.filter(state=value)

    def taking_comments(self, rows: QuerySet[Notice], name: str, value: bool) -> QuerySet[Notice]:
        taking = {"state": State.PUBLISHED, "comment_until__gte": today()}
        return rows.filter(**taking) if value else rows.exclude(**taking)
