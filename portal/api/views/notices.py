"""Notices as published."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing
from portal.api.filters.notices import NoticeFilter
from portal.api.serializers.notices import NoticeInFullSerializer, NoticeSerializer
from portal.notices import queries
from portal.notices.models import Notice

TAGS = ["notices"]


@extend_schema(
    tags=TAGS,
    summary="Notices of authorities",
    description="Newest first, without those that were withdrawn. Examples: `?jurisdiction=cn&since=2026-01-01`, "
    "`?open=true`, `?state=withdrawn`.",
)
class Notices(Listing):
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter
    ordering_fields = ("published_at", "effective_on", "comment_until")
    queryset = Notice.objects.none()

    def get_queryset(self) -> QuerySet[Notice]:
        return queries.published()


@extend_schema(
    tags=TAGS,
    summary="A notice, whole",
    description="By its slug: `notices/cn-mofcom-2026-0001/`. A withdrawn one stays, with the day and the reason.",
)
class NoticeItem(Item):
    serializer_class = NoticeInFullSerializer
    queryset = Notice.objects.none()

    def get_object(self) -> Notice:
        return queries.notice(self.kwargs["slug"])
