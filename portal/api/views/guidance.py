"""Guidelines and their editions, terms, events, red flags."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing
from portal.api.filters.guidance import (
    EventFilter,
    FlagFilter,
    GuidelineFilter,
    TermFilter,
)
from portal.api.schema import ON
from portal.api.serializers.guidance import (
    EditionInFullSerializer,
    EditionSerializer,
    EventSerializer,
    FlagSerializer,
    GuidelineSerializer,
    TermSerializer,
)
from portal.guidance import queries
from portal.guidance.models import Event, Guideline, GuidelineEdition, RedFlag, Term

GUIDANCE = ["guidance"]


@extend_schema(
    tags=GUIDANCE,
    summary="Guidelines: the edition effective on a day",
    description="Without their bodies. Examples: `?topic=end-use`, `?element=screening&on=2026-01-01`.",
)
class Guidelines(Listing):
    serializer_class = EditionSerializer
    filterset_class = GuidelineFilter
    queryset = GuidelineEdition.objects.none()

    def get_queryset(self) -> QuerySet[GuidelineEdition]:
        return queries.current_editions(on=self.on)


@extend_schema(
    tags=GUIDANCE,
    parameters=[ON],
    summary="A guideline, on a day",
    description="By its slug: `guidelines/end-use-checks/`; `current` is the edition effective on the day, whole.",
)
class GuidelineItem(Item):
    serializer_class = GuidelineSerializer
    queryset = Guideline.objects.prefetch_related("editions")
    lookup_field = "slug"
    parameters = {"on"}

    def about(self, rows: list[Guideline]) -> dict[str, Any]:
        return {"editions": {row.pk: queries.edition(row.slug, None, on=self.on) for row in rows}}


@extend_schema(
    tags=GUIDANCE,
    summary="All editions of a guideline",
    description="Newest first, without their bodies: `guidelines/end-use-checks/editions/`.",
)
class Editions(Listing):
    serializer_class = EditionSerializer
    queryset = GuidelineEdition.objects.select_related("guideline").prefetch_related("texts")

    def get_queryset(self) -> QuerySet[GuidelineEdition]:
        rows: QuerySet[GuidelineEdition] = super().get_queryset()
        return rows.filter(guideline=get_object_or_404(Guideline, slug=self.kwargs["slug"])).order_by("-number")


@extend_schema(
    tags=GUIDANCE,
    summary="One edition of a guideline",
    description="Its words never change: `guidelines/end-use-checks/editions/1/`.",
)
class EditionItem(Item):
    serializer_class = EditionInFullSerializer
    queryset = GuidelineEdition.objects.none()

    def get_object(self) -> GuidelineEdition:
        return queries.edition(self.kwargs["slug"], self.kwargs["number"], on=self.on)


@extend_schema(tags=GUIDANCE, summary="The glossary", description="Example: `?q=deemed`, `?q=视同`.")
class Terms(Listing):
    serializer_class = TermSerializer
    filterset_class = TermFilter
    ordering_fields = ("slug",)
    queryset = Term.objects.none()

    def get_queryset(self) -> QuerySet[Term]:
        return queries.terms()


@extend_schema(tags=GUIDANCE, summary="A term", description="By its slug: `terms/deemed-export/`.")
class TermItem(Item):
    serializer_class = TermSerializer
    queryset = Term.objects.all()
    lookup_field = "slug"


@extend_schema(
    tags=GUIDANCE,
    summary="The timeline",
    description="Oldest first. Examples: `?category=law&since=2020-01-01`, `?ordering=-sort_date`.",
)
class Events(Listing):
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering_fields = ("sort_date",)
    queryset = Event.objects.none()

    def get_queryset(self) -> QuerySet[Event]:
        return queries.events()


@extend_schema(tags=GUIDANCE, summary="An event", description="By its slug.")
class EventItem(Item):
    serializer_class = EventSerializer
    queryset = Event.objects.all()
    lookup_field = "slug"


@extend_schema(
    tags=GUIDANCE,
    summary="Red flags",
    description="By category. Examples: `?category=shipping`, `?framework=us-bis-icp`, `?context=spacecraft`.",
)
class RedFlags(Listing):
    serializer_class = FlagSerializer
    filterset_class = FlagFilter
    queryset = RedFlag.objects.none()

    def get_queryset(self) -> QuerySet[RedFlag]:
        return queries.red_flags()


@extend_schema(tags=GUIDANCE, summary="A red flag", description="By its slug: `red-flags/customer-01/`.")
class RedFlagItem(Item):
    serializer_class = FlagSerializer
    queryset = RedFlag.objects.select_related("category")
    lookup_field = "slug"
