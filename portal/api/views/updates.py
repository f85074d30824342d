"""What changed."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema

from portal.api.base import Listing
from portal.api.filters.updates import ChangeFilter
from portal.api.serializers.updates import ChangeSerializer
from portal.updates import queries
from portal.updates.models import ChangeEvent


@extend_schema(
    tags=["changes"],
    summary="What was published, changed and withdrawn",
    description="Newest first. To keep up, remember the greatest `id` and ask `?after=<id>&ordering=id`. "
    "Examples: `?kind=notice&since=2026-01-01`, `?jurisdiction=cn&topic=end-use`.",
)
class Changes(Listing):
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    ordering_fields = ("id", "created_at", "effective_on")
    queryset = ChangeEvent.objects.none()

    def get_queryset(self) -> QuerySet[ChangeEvent]:
        return queries.changes()
