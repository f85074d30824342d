"""Laws and provisions on a day, as this site shows them now or showed them on a past day; two days compared."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import Item, Listing, Reading, Rows
from portal.api.filters.guidance import InstrumentFilter, ProvisionFilter
from portal.api.schema import COMPARISON, ON, SHOWN
from portal.api.serializers.laws import (
    ComparisonSerializer,
    InstrumentInFullSerializer,
    InstrumentSerializer,
    ProvisionInFullSerializer,
    ProvisionSerializer,
)
from portal.core.dates import parse_on, parse_shown, today
from portal.core.errors import NotFound
from portal.core.texts import LANGUAGE_CODES
from portal.guidance import presenting, queries
from portal.guidance.forms import TwoDatesForm
from portal.guidance.models import Instrument, Provision, TextKind
from portal.guidance.queries import Law, Side

LAW = ["law"]
LANGUAGES = {**{code: code for code in LANGUAGE_CODES}, "": LANGUAGE_CODES[0]}
KINDS = {"summary": TextKind.GIST.value, "official": TextKind.OFFICIAL.value, "": ""}


class Shown(Rows):
    """`?shown=`: what this site showed on a past day. Without `?on=` the law is read on that day too."""

    @property
    def shown_on(self) -> dt.date | None:
        return parse_shown(self.request.query_params.get("shown"))

    @property
    def on(self) -> dt.date:
        return parse_on(self.request.query_params.get("on")) or self.shown_on or today()

    def about(self, rows: list[Any]) -> dict[str, Any]:
        return {"shown": self.shown_on}


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
    parameters=[ON, SHOWN],
    summary="A law or other instrument, on a day",
    description="By its key: `instruments/cn-ecl/?on=2021-01-01`. Its provisions: `provisions/?instrument=cn-ecl`. "
    "With `shown` as this site showed it on a past day.",
)
class InstrumentItem(Shown, Item):
    serializer_class = InstrumentInFullSerializer
    queryset = Instrument.objects.none()
    lookup_field = "key"
    parameters = {"on", "shown"}

    def get_object(self) -> Instrument:
        if self.shown_on is None:
            return queries.instrument(self.kwargs["key"])
        return queries.law(self.kwargs["key"], shown=self.shown_on).instrument


@extend_schema(
    tags=LAW,
    parameters=[SHOWN],
    summary="Provisions, on a day",
    description="In the order of reading. Examples: `?instrument=cn-ecl&on=2021-01-01`, `?parent=cn-ecl/chapter-1`, "
    "`?instrument=cn-ecl&shown=2026-11-22`. `shown` needs `instrument` and goes with `parent` and `on` only.",
)
class Provisions(Shown, Listing):
    serializer_class = ProvisionSerializer
    filterset_class = ProvisionFilter
    queryset = Provision.objects.filter(withdrawn_on=None, instrument__withdrawn_on=None)
    parameters = {"shown"}

    def get_queryset(self) -> QuerySet[Provision]:
        rows: QuerySet[Provision] = super().get_queryset()
        return rows.select_related("instrument", "parent").order_by("instrument__key", "position")

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.shown_on is None else self._recorded()

    def _recorded(self) -> list[Provision]:
        asked = self.request.query_params
        if not asked.get("instrument") or asked.get("q"):
            words = _("A past showing is read for one instrument: give `instrument`, and no `q`.")
            raise ValidationError({"shown": [words]})
        found = queries.law(asked["instrument"], shown=self.shown_on).provisions
        above = asked.get("parent")
        return [row for row in found if not above or (row.parent and row.parent.key == above)]

    def about(self, rows: list[Provision]) -> dict[str, Any]:
        return {**super().about(rows), "texts": queries.texts_on(rows, self.on, shown=self.shown_on)}


@extend_schema(
    tags=LAW,
    parameters=[ON, SHOWN],
    summary="A provision, on a day",
    description="By its whole key: `provisions/cn-ecl/art-12/?on=2021-01-01`. `texts` and `official` are empty when "
    "nothing of it was good on that day; `history` has all its texts on both clocks.",
)
class ProvisionItem(Shown, Item):
    serializer_class = ProvisionInFullSerializer
    queryset = Provision.objects.none()
    lookup_field = "key"
    parameters = {"on", "shown"}

    def get_object(self) -> Provision:
        key, _slash, label = self.kwargs["key"].partition("/")
        place = queries.place(key, label, shown=self.shown_on)
        self.below = place.below
        return place.provision

    def about(self, rows: list[Provision]) -> dict[str, Any]:
        texts = queries.texts_on(rows, self.on, shown=self.shown_on)
        return {**super().about(rows), "texts": texts, "below": self.below}


class Compared(Reading):
    """A law or a part of it on two days."""

    parameters = {"from", "to", "lang", "text", "from_shown", "to_shown"}

    def compared(self, key: str, label: str = "") -> Response:
        asked = self.request.query_params
        shown = [parse_shown(asked.get(name)) for name in ("from_shown", "to_shown")]
        language, kind = self._chosen("lang", LANGUAGES), self._chosen("text", KINDS)
        laws = queries.both_laws(key, *shown)
        row = queries.provision_of(laws, label)
        form = TwoDatesForm({name: asked.get(name) or day for name, day in self._days(laws[1], row).items()})
        if not form.is_valid():
            raise ValidationError({name: [*words] for name, words in form.errors.items()})
        sides = [Side(form.cleaned_data[name], day) for name, day in zip(("from", "to"), shown, strict=True)]
        with translation.override(language):
            return Response(ComparisonSerializer(self._told(laws, row, sides, language, kind)).data)

    def _chosen(self, name: str, values: dict[str, str]) -> str:
        value = self.request.query_params.get(name, "")
        if value and value not in values:
            raise ValidationError({name: [_("Choose one of: %(names)s.") % {"names": ", ".join(values)}]})
        return values.get(value, values[""])

    def _days(self, law: Law, row: Provision | None) -> dict[str, str]:
        """The days to compare when none are given."""
        within = law.within(row) if row else None
        days = queries.dates_of(law.instrument, shown=law.shown, within=within)
        first, last = queries.sensible_dates(days, today(), self.request.query_params.get("to", ""))
        return {"from": first.isoformat(), "to": last.isoformat()}

    def _told(
        self, laws: list[Law], row: Provision | None, sides: list[Side], language: str, kind: str
    ) -> dict[str, Any]:
        old, new = (law.within(row) if row else law.provisions for law in laws)
        found = queries.comparison(old, new, *sides, language=language, kind=kind, name=presenting.names(language))
        before, after = (
            {
                "on": side.on,
                "shown": side.shown,
                "state": law.instrument.state(side.on),
                "words": presenting.state_sentence(law.instrument, side.on),
            }
            for law, side in zip(laws, sides, strict=True)
        )
        changes = [
            {"row": row, "line": row.line, "provision": row.provision, "sentence": presenting.change_sentence(row)}
            for row in found.differing
        ]
        return {
            "key": row.key if row else laws[1].instrument.key,
            "before": before,
            "after": after,
            "language": found.language,
            "kind": found.kind,
            "unchanged": found.unchanged,
            "changes": changes,
        }


@extend_schema(
    tags=LAW,
    parameters=COMPARISON,
    responses=ComparisonSerializer,
    summary="A law on two days",
    description="What differs, provision by provision: `instruments/us-ear/comparison/?from=2024-01-01&to=2026-11-30`.",
)
class InstrumentComparison(Compared):
    def get(self, request: Request, key: str) -> Response:
        return self.compared(key)


@extend_schema(
    tags=LAW,
    parameters=COMPARISON,
    responses=ComparisonSerializer,
    summary="A provision on two days",
    description="With what stands below it: `provisions/us-ear/744.21/comparison/?from=2020-01-01&to=2026-11-30`.",
)
class ProvisionComparison(Compared):
    def get(self, request: Request, key: str) -> Response:
        law, _slash, label = key.partition("/")
        if not label:
            raise NotFound(key)
        return self.compared(law, label)
