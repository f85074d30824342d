"""The front door, unknown addresses, and the page that shows the OpenAPI document."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import Reading
from portal.api.serializers.texts import href

LISTS = [
    "jurisdictions",
    "authorities",
    "regimes",
    "lists",
    "entries",
    "instruments",
    "provisions",
    "guidelines",
    "terms",
    "events",
    "red_flags",
    "cases",
    "notices",
    "frameworks",
    "questionnaires",
    "courses",
    "changes",
    "search",
    "citations",
    "organisation",
    "assessments",
    "enrolments",
    "reading_requests",
]


class Root(Reading):
    """The lists there are."""

    @extend_schema(
        summary="Where everything is",
        description="The addresses of all lists, by name.",
        responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}},
        tags=["start"],
    )
    def get(self, request: Request) -> Response:
        return Response({name: href(name) for name in LISTS} | {"schema": href("schema"), "docs": href("docs")})


@extend_schema(exclude=True)
class Unknown(Reading):
    """Whatever no other address takes."""

    def known_parameters(self) -> set[str]:
        return set(self.request.query_params)

    def get(self, request: Request, rest: str = "") -> Response:
        if not rest.endswith("/"):
            target = request.get_full_path().replace(request.path, request.path + "/", 1)
            return Response(status=301, headers={"Location": target})
        raise NotFound(_("There is nothing at this address."))


@extend_schema(exclude=True)
class Document(SpectacularAPIView):
    """The OpenAPI document, in YAML or JSON. Visitors' limits hold here too."""

    http_method_names: ClassVar[list[str]] = ["get", "head"]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, to be read and tried. The page carries no inline script, which the policy forbids."""
    return render(request, "api/docs.html")
