"""Jurisdictions, authorities, regimes, lists and entries."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing
from portal.api.filters.controls import AuthorityFilter, EntryFilter, ListFilter
from portal.api.serializers.controls import (
    AuthoritySerializer,
    ControlListSerializer,
    EntryInFullSerializer,
    EntrySerializer,
    JurisdictionSerializer,
    RegimeInFullSerializer,
    RegimeSerializer,
)
from portal.controls import queries
from portal.controls.models import Authority, ControlEntry, ControlList, Jurisdiction, Regime

TAGS = ["controls"]


@extend_schema(
    tags=TAGS,
    summary="Jurisdictions",
    description="States and unions that make export-control law.",
)
class Jurisdictions(Listing):
    serializer_class = JurisdictionSerializer
    queryset = Jurisdiction.objects.filter(withdrawn_on=None)
    ordering_fields = ("code",)


@extend_schema(tags=TAGS, summary="A jurisdiction", description="By its code: `jurisdictions/cn/`.")
class JurisdictionItem(Item):
    serializer_class = JurisdictionSerializer
    queryset = Jurisdiction.objects.all()
    lookup_field = "code"


@extend_schema(
    tags=TAGS,
    summary="Authorities",
    description="Bodies that make, apply or enforce the rules. Example: `?jurisdiction=us`.",
)
class Authorities(Listing):
    serializer_class = AuthoritySerializer
    filterset_class = AuthorityFilter
    ordering_fields = ("slug",)
    queryset = Authority.objects.none()

    def get_queryset(self) -> QuerySet[Authority]:
        return queries.authorities()


@extend_schema(tags=TAGS, summary="An authority", description="By its slug: `authorities/cn-mofcom/`.")
class AuthorityItem(Item):
    serializer_class = AuthoritySerializer
    queryset = Authority.objects.select_related("jurisdiction")
    lookup_field = "slug"


@extend_schema(
    tags=TAGS,
    summary="Regimes",
    description="Multilateral arrangements from which national lists derive.",
)
class Regimes(Listing):
    serializer_class = RegimeSerializer
    ordering_fields = ("slug", "established")
    queryset = Regime.objects.none()

    def get_queryset(self) -> QuerySet[Regime]:
        return queries.regimes()


@extend_schema(tags=TAGS, summary="A regime with its sections", description="By its slug: `regimes/mtcr/`.")
class RegimeItem(Item):
    serializer_class = RegimeInFullSerializer
    queryset = Regime.objects.prefetch_related("sections")
    lookup_field = "slug"


@extend_schema(
    tags=TAGS,
    summary="Control lists",
    description="Lists of controlled items. Examples: `?jurisdiction=cn`, `?regime=mtcr`.",
)
class Lists(Listing):
    serializer_class = ControlListSerializer
    filterset_class = ListFilter
    ordering_fields = ("key", "as_of", "size")
    queryset = ControlList.objects.none()

    def get_queryset(self) -> QuerySet[ControlList]:
        return queries.lists().select_related("authority").order_by("key")


@extend_schema(
    tags=TAGS,
    summary="A control list",
    description="By its key: `lists/eu-annex-i/`. Its entries are at `entries/?list=eu-annex-i`.",
)
class ListItem(Item):
    serializer_class = ControlListSerializer
    lookup_field = "key"
    queryset = ControlList.objects.select_related("jurisdiction", "regime", "authority").annotate(
        size=Count("entries", filter=Q(entries__withdrawn_on=None))
    )


@extend_schema(
    tags=TAGS,
    summary="Entries of control lists",
    description="In the order of reading. Examples: `?list=mtcr`, `?list=us-ccl&code=9A`, `?q=satellite`.",
)
class Entries(Listing):
    serializer_class = EntrySerializer
    filterset_class = EntryFilter
    ordering_fields = ("code", "key")
    queryset = ControlEntry.objects.filter(withdrawn_on=None, control_list__withdrawn_on=None)

    def get_queryset(self) -> QuerySet[ControlEntry]:
        rows: QuerySet[Any] = super().get_queryset()
        return rows.select_related("control_list", "parent").order_by("control_list__key", "position")


@extend_schema(
    tags=TAGS,
    summary="An entry of a control list",
    description="By its whole key: `entries/mtcr/1.a.1/`. `thresholds` are the quantities that decide.",
)
class EntryItem(Item):
    serializer_class = EntryInFullSerializer
    queryset = ControlEntry.objects.select_related("control_list", "parent")
    lookup_field = "key"
