"""What an organisation asks its people to read. A person's bookmarks and notes are nobody else's: not here."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing, Private
from portal.api.filters.organisations import ReadingRequestFilter
from portal.api.serializers.reading import ReadingRequestInFullSerializer, ReadingRequestSerializer
from portal.core.dates import today
from portal.organisations.models import Organisation
from portal.reading import queries
from portal.reading.models import ReadingRequest
from portal.references.queries import addresses

OWN = ["your organisation"]


class OwnRequests(Private):
    """The requests of the organisation that asks: two queries."""

    action_needed = "reading.read"

    def get_queryset(self) -> QuerySet[ReadingRequest]:
        organisation = self.organisation
        if not isinstance(organisation, Organisation):
            return ReadingRequest.objects.none()
        return queries.requests_of(organisation, on=today())

    def about(self, rows: list[ReadingRequest]) -> dict[str, Any]:
        return {"book": addresses(row.key for row in rows)}


@extend_schema(
    tags=OWN,
    summary="What your organisation asks its people to read",
    description="Newest first, with how many have acknowledged. Needs a token, or a session with the right to see "
    "who has read what. Example: `?state=late`.",
)
class ReadingRequests(OwnRequests, Listing):
    serializer_class = ReadingRequestSerializer
    filterset_class = ReadingRequestFilter
    ordering_fields = ("asked_at", "due_on")
    queryset = ReadingRequest.objects.none()


@extend_schema(
    tags=OWN,
    summary="One reading request, with who has acknowledged",
    description="By its `ref`. Every cycle with every person; another organisation's is not found.",
)
class ReadingRequestItem(OwnRequests, Item):
    serializer_class = ReadingRequestInFullSerializer
    queryset = ReadingRequest.objects.none()
    lookup_field = "ref"

    def about(self, rows: list[ReadingRequest]) -> dict[str, Any]:
        lines: dict[int, list[queries.Line]] = {}
        for line in queries.lines(rows[0], on=today()):
            lines.setdefault(line.asked.cycle_id, []).append(line)
        return {**super().about(rows), "lines": lines}
