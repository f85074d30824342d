"""What all addresses of the API share: reading only, strict parameters, a day, pages, texts fetched in sets."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import MethodNotAllowed, NotFound, ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.permissions import OwnOrganisation, organisation_of
from portal.api.schema import Schema
from portal.core.caching import last_modified
from portal.core.dates import parse_on, today
from portal.organisations.models import Organisation

PAGING = {"page", "page_size"}


class Reading(APIView):
    """An address that can be read. Parameters it does not know are refused: a misspelt one must not be overlooked."""

    http_method_names: Sequence[str] = ["get", "head"]
    schema = Schema()
    for_organisations = False
    parameters: ClassVar[set[str]] = set()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if (request.method or "").lower() not in self.http_method_names:
            raise MethodNotAllowed(request.method or "")
        super().initial(request, *args, **kwargs)
        if any("\x00" in str(value) for value in kwargs.values()):
            raise NotFound(_("There is nothing at this address."))
        self._refuse_unknown(request)
        faulty = [name for name, values in request.query_params.lists() if "\x00" in "".join(values)]
        if faulty:
            raise ValidationError({name: [_("Null characters are not allowed.")] for name in faulty})

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Since when it reads so; the ETag comes from the middleware, from the words themselves."""
        found = super().finalize_response(request, response, *args, **kwargs)
        when = last_modified() if found.status_code == 200 and not self.for_organisations else None
        if when:
            found["Last-Modified"] = http_date(when.timestamp())
        return found

    def _refuse_unknown(self, request: Request) -> None:
        known = self.known_parameters()
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            words = _("There is no such parameter here. There are: %(names)s.") % {
                "names": ", ".join(sorted(known)) or _("none")
            }
            raise ValidationError({name: [words] for name in unknown})

    def known_parameters(self) -> set[str]:
        return self.parameters

    @property
    def on(self) -> dt.date:
        """The day of `?on=`, today without it."""
        return parse_on(self.request.query_params.get("on")) or today()


class Ordering(OrderingFilter):
    """`?ordering=name` or `-name`; an unknown name is refused."""

    def remove_invalid_fields(self, queryset: Any, fields: Iterable[str], view: APIView, request: Request) -> list[str]:
        good = dict(self.get_valid_fields(queryset, view, {"request": request}))
        for name in fields:
            if name.lstrip("-") not in good:
                words = _("Results can be ordered by: %(names)s; with a minus before it, the other way round.")
                raise ValidationError({"ordering": [words % {"names": ", ".join(good)}]})
        return list(fields)

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        """What has no value comes last on every database, and pages never overlap."""
        names = self.get_ordering(request, queryset, view) if "ordering" in request.query_params else None
        if not names:
            return queryset
        columns = [F(name.lstrip("-")) for name in names]
        ordered = [
            column.desc(nulls_last=True) if name.startswith("-") else column.asc(nulls_last=True)
            for name, column in zip(names, columns, strict=True)
        ]
        return queryset.order_by(*ordered, "pk")


class Rows(Reading, GenericAPIView[Any]):
    """Rows with the context that their serializers need, fetched for all of them at once."""

    def about(self, rows: list[Any]) -> dict[str, Any]:
        """More context for these rows, in a fixed number of queries."""
        return {}

    def shown(self, rows: list[Any]) -> list[Any]:
        context = {**self.get_serializer_context(), "on": self.on, **self.about(rows)}
        data: list[Any] = self.get_serializer_class()(rows, many=True, context=context).data
        return data


class Listing(Rows):
    """Many, in pages."""

    filter_backends = [DjangoFilterBackend, Ordering]
    filterset_class: Any = None
    ordering_fields: ClassVar[Sequence[str]] = ()

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.shown(list(rows or [])))

    def known_parameters(self) -> set[str]:
        filters = set(self.filterset_class.base_filters) if self.filterset_class else set()
        return self.parameters | filters | PAGING | ({"ordering"} if self.ordering_fields else set())


class Item(Rows):
    """One, by its key."""

    pagination_class = None
    filter_backends = []

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.shown([self.get_object()])[0])


class Private(APIView):
    """For the token's organisation, or that of a signed-in person with `action_needed`. Never cached by others."""

    for_organisations = True
    permission_classes = [OwnOrganisation]
    action_needed = ""

    @property
    def organisation(self) -> Organisation | None:
        return organisation_of(self.request)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        found = super().finalize_response(request, response, *args, **kwargs)
        found["Cache-Control"] = "private, no-store"
        return found
