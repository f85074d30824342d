"""Laws and provisions on a day, guidelines and their editions, terms, events, red flags."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing
from portal.api.filters.guidance import (
    EventFilter,
    FlagFilter,
    GuidelineFilter,
    InstrumentFilter,
    ProvisionFilter,
    TermFilter,
)
from portal.api.schema import ON
from portal.api.serializers.guidance import (
    EditionInFullSerializer,
    EditionSerializer,
    EventSerializer,
    FlagSerializer,
    GuidelineSerializer,
    InstrumentSerializer,
    ProvisionInFullSerializer,
    ProvisionSerializer,
    TermSerializer,
)
from portal.guidance import queries
from portal.guidance.models import Event, Guideline, GuidelineEdition, Instrument, Provision, RedFlag, Term

LAW, GUIDANCE = ["law"], ["guidance"]


@extend_schema(
    tags=LAW,
    summary="Laws and other instruments, on a day",
    description="With their state on `on`. Examples: `?jurisdiction=cn&state=in_force&on=2024-12-01`, `?q=dual-use`.",
)
class Instruments(Listing):
    serializer_class = InstrumentSerializer
    filterset_class = InstrumentFilter
    ordering_fields = ("key", "in_force", "adopted")
    queryset = Instrument.objects.none()

    def get_queryset(self) -> QuerySet[Instrument]:
        return queries.instruments()


@extend_schema(
    tags=LAW,
    parameters=[ON],
    summary="A law or other instrument, on a day",
    description="By its key: `instruments/cn-ecl/?on=2021-01-01`. Its provisions: `provisions/?instrument=cn-ecl`.",
)
class InstrumentItem(Item):
    serializer_class = InstrumentSerializer
    queryset = Instrument.objects.select_related("jurisdiction", "authority")
    lookup_field = "key"
    parameters = {"on"}


class Texts:
    """The texts of provisions on the day, in one query."""

    on: Any

    def about(self, rows: list[Provision]) -> dict[str, Any]:
        return {"texts": queries.texts_on(rows, self.on)}


@extend_schema(
    tags=LAW,
    summary="Provisions, on a day",
    description="In the order of reading. Examples: `?instrument=cn-ecl&on=2021-01-01`, `?parent=cn-ecl/chapter-1`.",
)
class Provisions(Texts, Listing):
    serializer_class = ProvisionSerializer
    filterset_class = ProvisionFilter
    queryset = Provision.objects.filter(withdrawn_on=None, instrument__withdrawn_on=None)

    def get_queryset(self) -> QuerySet[Provision]:
        rows: QuerySet[Provision] = super().get_queryset()
        return rows.select_related("instrument", "parent").order_by("instrument__key", "position")


@extend_schema(
    tags=LAW,
    parameters=[ON],
    summary="A provision, on a day",
    description="By its whole key: `provisions/cn-ecl/art-12/?on=2021-01-01`. `texts` is empty when nothing of it was "
    "good on that day; `history` has the days on which it changed.",
)
class ProvisionItem(Texts, Item):
    serializer_class = ProvisionInFullSerializer
    queryset = Provision.objects.select_related("instrument", "parent")
    lookup_field = "key"
    parameters = {"on"}


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
