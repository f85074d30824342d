"""Cases."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing
from portal.api.filters.cases import CaseFilter
from portal.api.serializers.cases import CaseInFullSerializer, CaseSerializer
from portal.cases import queries
from portal.cases.models import Case

TAGS = ["cases"]


@extend_schema(
    tags=TAGS,
    summary="Typical cases",
    description="Newest first, with all filters of the page and more. Examples: `?element=screening&since=2015-01-01`, "
    "`?instrument=us-ear&destination=ir`, `?space=true&ordering=sort_date`.",
)
class Cases(Listing):
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    ordering_fields = ("sort_date", "slug")
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        return queries.cases().prefetch_related("labels")


@extend_schema(tags=TAGS, summary="A case, whole", description="By its slug: `cases/zte-2017/`.")
class CaseItem(Item):
    serializer_class = CaseInFullSerializer
    queryset = Case.objects.select_related("jurisdiction").prefetch_related("labels")
    lookup_field = "slug"
