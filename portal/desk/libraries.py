"""Who stands at the library's desk: people of an authority for the laws of their land, operators for all."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.controls.models import Authority
from portal.desk.access import View, desk_required
from portal.guidance import queries
from portal.guidance.models import Instrument, TextIntake
from portal.organisations.permissions import can
from portal.organisations.requests import SignedInRequest

VERBS = ["read", "import", "publish"]


def library_required(action: str) -> Callable[[View], View]:
    """As `desk_required`; an operator of the site passes whoever they work for."""

    def decorate(view: View) -> View:
        at_desk = desk_required(action)(view)

        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if is_operator(request):
                return view(request, *args, **kwargs)
            return at_desk(request, *args, **kwargs)

        return guarded

    return decorate


def is_operator(request: HttpRequest) -> bool:
    """Whether the person runs this site."""
    return bool(getattr(request.user, "is_staff", False) and request.user.is_active)


def laws_here(request: SignedInRequest) -> QuerySet[Instrument]:
    """The laws whose texts this person may import: those of the authority's jurisdiction, all for an operator."""
    rows = queries.instruments()
    if is_operator(request):
        return rows
    key = request.organisation.authority_key if request.organisation else ""
    land = Authority.objects.filter(slug=key.removeprefix("authority/")).values("jurisdiction")
    return rows.filter(jurisdiction__in=land)


def organisation_key(request: SignedInRequest) -> str | None:
    """Whose imports this person sees; None for all."""
    if is_operator(request):
        return None
    return request.organisation.key if request.organisation else ""


def intake_here(request: SignedInRequest, pk: int) -> TextIntake:
    """An import of the person's organisation. NotFound for those of others."""
    return queries.intake(organisation_key(request), pk)


def powers(request: SignedInRequest) -> dict[str, bool]:
    """What this person may do with official texts, for templates."""
    operator = is_operator(request)
    return {f"may_{verb}": operator or can(request.user, f"text.{verb}", request.organisation) for verb in VERBS}
