from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

from portal.api.filters.kinds import Search


class AuthorityFilter(FilterSet):
    jurisdiction = CharFilter("jurisdiction__code", help_text=_("A jurisdiction's code, such as cn."))


class ListFilter(FilterSet):
    jurisdiction = CharFilter("jurisdiction__code", help_text=_("A jurisdiction's code, such as us."))
    regime = CharFilter("regime__slug", help_text=_("A regime's slug, such as mtcr."))
    q = Search("name", "summary", help_text=_("Words in either language."))


class EntryFilter(FilterSet):
    list = CharFilter("control_list__key", help_text=_("A list's key, such as eu-annex-i."))
    code = CharFilter("code", lookup_expr="istartswith", help_text=_("The beginning of a code, such as 9A01."))
    parent = CharFilter("parent__key", help_text=_("The key of the entry above."))
    q = Search("title", "note", help_text=_("Words in either language."))
