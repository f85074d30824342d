"""The one box, for programs."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from portal.api.base import Reading
from portal.api.serializers.search import ResultsSerializer
from portal.core import dates
from portal.core.errors import PortalError
from portal.core.texts import LANGUAGE_CODES
from portal.search import queries
from portal.search.filters import FACETS, STATES, Filters

SORTS = ["relevance", "date"]
# `language` was the reader's before it was a facet.
PARAMETERS = {("text_language" if facet == "language" else facet): facet for facet in FACETS}


class Search(Reading):
    """Answers ten at a time."""

    parameters = {"q", "page", "sort", "language", "exact", "on", *PARAMETERS}

    @extend_schema(
        tags=["search"],
        summary="Search everything that is published",
        description="Ten results a page, with counts for each facet; a facet may be given several times. "
        "Counts of a facet leave its own choice aside. When there are more than 3,000 entries, `more` is true and "
        "counts are of some of them. `q` may hold “phrases”, -exclusions, OR, codes, and fields such as `kind:case`. "
        'Examples: `?q=deemed export`, `?q="end use"&kind=case&jurisdiction=us`, `?q=最终用途&language=zh-hans`, '
        "`?kind=case&year=2024&sort=date`, `?q=satellite&state=future&on=2026-12-01`.",
        parameters=[
            OpenApiParameter("q", str, description="Words, phrases, codes, keys; may be left out beside a facet."),
            OpenApiParameter("page", int),
            OpenApiParameter("sort", str, enum=SORTS),
            OpenApiParameter("language", str, enum=LANGUAGE_CODES, description="The language that is preferred."),
            OpenApiParameter(
                "exact", str, enum=["1"], description="Do not search for a term in the other language too."
            ),
            OpenApiParameter("on", dt.date, description="Where laws stand on this day; today when left out."),
            *[
                OpenApiParameter(name, str, many=True, enum=list(STATES) if name == "state" else None)
                for name in PARAMETERS
            ],
        ],
        responses=ResultsSerializer,
    )
    def get(self, request: Request) -> Response:
        language = self._one_of("language", LANGUAGE_CODES)
        typed = request.query_params.get("q", "").strip()
        names = {facet: name for name, facet in PARAMETERS.items()}
        filters = Filters.read(lambda facet: request.query_params.getlist(names[facet]))
        if not typed and not filters:
            raise ValidationError({"q": [_("Say what to search for.")]})
        on = self._on()
        found = queries.search(
            typed,
            filters=filters,
            sort=self._one_of("sort", SORTS),
            page=self._page(),
            language=language,
            on=on,
            literal=request.query_params.get("exact") == "1",
        )
        context = {"page_of": lambda hit: page_of(hit, language), "day": on or dates.today()}
        return Response(ResultsSerializer(self._answer(found), context=context).data)

    def _answer(self, found: queries.Results) -> dict[str, Any]:
        address = self.request.build_absolute_uri()
        more = found.page < queries.pages(found.total)
        before = found.page - 1
        return {
            "count": found.total,
            "more": found.more,
            "next": replace_query_param(address, "page", found.page + 1) if more else None,
            "previous": None
            if not before
            else remove_query_param(address, "page")
            if before == 1
            else replace_query_param(address, "page", before),
            "corrected": found.corrected,
            "loosened": found.loosened,
            "also": list(found.also),
            "facets": found.facets,
            "best": found.best,
            "results": found.hits,
        }

    def _on(self) -> dt.date | None:
        try:
            return dates.parse_on(self.request.query_params.get("on"))
        except PortalError as error:
            raise ValidationError({"on": [str(error)]}) from error

    def _one_of(self, name: str, values: list[str]) -> str:
        wanted = self.request.query_params.get(name, values[0])
        if wanted not in values:
            raise ValidationError({name: [_("Choose one of: %(values)s.") % {"values": ", ".join(values)}]})
        return wanted

    def _page(self) -> int:
        typed = self.request.query_params.get("page", "1")
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= queries.MOST_PAGES):
            words = _("The page is a number from 1 to %(most)d.") % {"most": queries.MOST_PAGES}
            raise ValidationError({"page": [words]})
        return int(typed)


def page_of(hit: queries.Hit, language: str) -> str:
    """The absolute address of a result's page in a language."""
    with translation.override(language):
        return settings.SITE_URL + hit.url
