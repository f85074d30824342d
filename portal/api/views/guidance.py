"""Guidelines and their editions, terms, events, red flags."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError

from portal.api.base import Item, Listing
from portal.api.filters.guidance import (
    EventFilter,
    FlagFilter,
    GuidelineFilter,
    TermFilter,
)
from portal.api.schema import ON, SHOWN
from portal.api.serializers.guidance import (
    EditionComparisonSerializer,
    EditionInFullSerializer,
    EditionSerializer,
    EventSerializer,
    FlagSerializer,
    GuidelineSerializer,
    TermSerializer,
)
from portal.core.dates import parse_on, parse_shown, today
from portal.core.texts import LANGUAGE_CODES
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
    parameters=[ON, SHOWN],
    summary="A guideline, on a day",
    description="By its slug: `guidelines/end-use-checks/`; `current` is the edition effective on the day, whole. With "
    "`shown` as this site showed it on a past day: `guidelines/end-use-checks/?shown=2026-11-22`.",
)
class GuidelineItem(Item):
    serializer_class = GuidelineSerializer
    queryset = Guideline.objects.all()
    lookup_field = "slug"
    parameters = {"on", "shown"}

    def about(self, rows: list[Guideline]) -> dict[str, Any]:
        shown = parse_shown(self.request.query_params.get("shown"))
        day = parse_on(self.request.query_params.get("on")) or shown or today()
        editions = {row.pk: queries.editions(row.slug, shown=shown) for row in rows}
        return {"editions": editions, "shown": shown, "day": day}


EDITIONS = [
    OpenApiParameter("from", int, required=True, description="The number of the first edition."),
    OpenApiParameter("to", int, required=True, description="The number of the second edition."),
    OpenApiParameter("lang", str, enum=["en", "zh-hans"], description="The language to compare in; en without it."),
]


@extend_schema(
    tags=GUIDANCE,
    parameters=EDITIONS,
    summary="Two editions of a guideline compared",
    description="Section by section: `guidelines/end-use-checks/comparison/?from=1&to=2`. The words are compared, not "
    "links or type.",
)
class GuidelineComparison(Item):
    serializer_class = EditionComparisonSerializer
    queryset = Guideline.objects.none()
    parameters = {"from", "to", "lang"}

    def get_object(self) -> dict[str, Any]:
        found = queries.editions(self.kwargs["slug"])
        before, after = (self._edition(found, name) for name in ("from", "to"))
        language = self.request.query_params.get("lang", "en")
        if language not in LANGUAGE_CODES:
            raise ValidationError({"lang": [_("There are the languages en and zh-hans.")]})
        compared = queries.compare_editions(before, after, language)
        return {"from": before.number, "to": after.number, "language": compared.language, "sections": compared.lines}

    def _edition(self, found: queries.Editions, name: str) -> GuidelineEdition:
        number = self.request.query_params.get(name, "")
        edition = next((row for row in found.listed if str(row.number) == number), None)
        if edition is None:
            words = _("There is no edition “%(number)s” of this guideline.") % {"number": number}
            raise ValidationError({name: [words]})
        return edition


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
