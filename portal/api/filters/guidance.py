import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from portal.api.filters.kinds import AsOf, Day, Search
from portal.core.dates import today
from portal.guidance import queries
from portal.guidance.models import GuidelineEdition, Instrument, InstrumentState, RedFlag


class InstrumentFilter(FilterSet):
    on = AsOf(help_text=_("The day that the state is about, as YYYY-MM-DD; today when it is left out."))
    state = ChoiceFilter(
        choices=[(state.value, state.value) for state in InstrumentState],
        method="in_state",
        help_text=_("Where the instrument stands on the day."),
    )
    jurisdiction = CharFilter("jurisdiction__code", help_text=_("A jurisdiction's code, such as cn."))
    authority = CharFilter("authority__slug", help_text=_("An authority's slug, such as cn-mofcom."))
    kind = CharFilter("kind", help_text=_("A kind, such as law or regulation."))
    q = Search("title", "short", "summary", help_text=_("Words in either language."))

    def in_state(self, rows: QuerySet[Instrument], name: str, value: str) -> QuerySet[Instrument]:
        on: dt.date = self.form.cleaned_data.get("on") or today()
        return queries.in_state(rows, value, on=on)


class ProvisionFilter(FilterSet):
    on = AsOf(help_text=_("The day to read the texts on, as YYYY-MM-DD; today when it is left out."))
    instrument = CharFilter("instrument__key", help_text=_("An instrument's key, such as cn-ecl."))
    parent = CharFilter("parent__key", help_text=_("The key of the chapter or part above."))
    q = Search("heading", help_text=_("Words of the heading in either language."))


class GuidelineFilter(FilterSet):
    on = AsOf(help_text=_("The day on which the edition is effective, as YYYY-MM-DD; today when it is left out."))
    topic = CharFilter(method="listed", help_text=_("A topic, such as end-use."))
    element = CharFilter(method="listed", help_text=_("An element of a compliance programme, such as screening."))
    jurisdiction = CharFilter(method="listed", help_text=_("A jurisdiction's code, such as cn."))

    def listed(self, rows: QuerySet[GuidelineEdition], name: str, value: str) -> QuerySet[GuidelineEdition]:
        """The column is a list of short words, which SQLite can only search as text: in quotes it is exact."""
        return rows.filter(**{f"{name}s__icontains": f'"{value}"'})


class TermFilter(FilterSet):
    q = Search("term", "definition", help_text=_("Words in either language."))


class EventFilter(FilterSet):
    category = CharFilter("category", help_text=_("A category, such as law."))
    actor = CharFilter("actor", lookup_expr="icontains", help_text=_("Who acted, such as China."))
    since = Day("sort_date", lookup_expr="gte", help_text=_("The first day, as YYYY-MM-DD."))
    until = Day("sort_date", lookup_expr="lte", help_text=_("The last day, as YYYY-MM-DD."))
    q = Search("text", help_text=_("Words in either language."))


class FlagFilter(FilterSet):
    category = CharFilter("category__slug", help_text=_("Where it is seen, such as customer."))
    framework = CharFilter(method="listed", help_text=_("The key of an official list with a comparable warning."))
    context = CharFilter(method="in_context", help_text=_("What is traded in, such as spacecraft."))
    q = Search("text", "why", "next", help_text=_("Words in either language."))

    def listed(self, rows: QuerySet[RedFlag], name: str, value: str) -> QuerySet[RedFlag]:
        """In quotes the word is exact, on a database that can search a list of words only as text."""
        return rows.filter(**{f"{name}s__icontains": f'"{value}"'})

    def in_context(self, rows: QuerySet[RedFlag], name: str, value: str) -> QuerySet[RedFlag]:
        """Those without a context hold for every transaction."""
        return rows.filter(Q(contexts__icontains=f'"{value}"') | Q(contexts=[]))
