from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from portal.references.models import Role


class CitationFilter(FilterSet):
    source = CharFilter("source_key", help_text=_("What cites: a key, such as case/zte-2017."))
    target = CharFilter("target_key", help_text=_("What is cited: a key, such as cn-ecl/art-12."))
    role = ChoiceFilter(
        field_name="role",
        choices=[(role.value, role.value) for role in Role],
        help_text=_("What the citation is for."),
    )
