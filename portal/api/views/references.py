"""What stands at a key, and who cites whom."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing
from portal.api.filters.references import CitationFilter
from portal.api.schema import ON
from portal.api.serializers.references import AddressSerializer, CitationSerializer
from portal.references import queries
from portal.references.models import Address, Citation

TAGS = ["references"]


@extend_schema(
    tags=TAGS,
    parameters=[ON],
    summary="What stands at a key",
    description="For any permanent key: `resolve/cn-ecl/art-12/?on=2021-01-01`. Old keys lead to the new ones.",
)
class Resolve(Item):
    serializer_class = AddressSerializer
    queryset = Address.objects.none()
    parameters = {"on"}

    def get_object(self) -> Address:
        return queries.address(self._asked)

    @property
    def _asked(self) -> str:
        return str(self.kwargs["key"]).rstrip("/").lower()

    def about(self, rows: list[Any]) -> dict[str, Any]:
        day = self.on.isoformat() if self.request.query_params.get("on") else ""
        return {"asked": self._asked, "day": day, "counts": queries.counts_by_kind(row.key for row in rows)}


@extend_schema(
    tags=TAGS,
    summary="Who cites whom",
    description="`?target=cn-ecl/art-12` is what rests on it, `?source=case/zte-2017` is what that rests on; "
    "`&role=example` narrows by what the citation is for.",
)
class Citations(Listing):
    serializer_class = CitationSerializer
    filterset_class = CitationFilter
    queryset = Citation.objects.none()

    def get_queryset(self) -> QuerySet[Citation]:
        known = Address.objects.values("key")
        rows = Citation.objects.filter(source_key__in=known, target_key__in=known)
        return rows.order_by("source_key", "source_version", "target_key", "role")

    def about(self, rows: list[Citation]) -> dict[str, Any]:
        return {"book": queries.addresses([key for row in rows for key in (row.source_key, row.target_key)])}
