"""Turning a PortalError that reached the top into a page with its sentence."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.core import audit
from portal.core.actors import Actor
from portal.core.errors import NotAllowed, PortalError

GetResponse = Callable[[HttpRequest], HttpResponse]


class PortalErrorMiddleware:
    """Shows the sentence with the error's status; a refused permission leaves an audit event."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No reader types it and PostgreSQL refuses it: better said here than in every query. The API says it itself.
        words = "" if request.path.startswith("/api/") else _null_character(request)
        if words:
            return render(request, "error.html", {"error": PortalError(words)}, status=PortalError.status)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PortalError):
            return None
        if isinstance(exception, NotAllowed):
            record_refusal(request)
        return render(request, "error.html", {"error": exception}, status=exception.status)


def _null_character(request: HttpRequest) -> str:
    """A sentence about where the request holds one; "" where it holds none."""
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return _("The address holds a character that nothing here can hold.")
    sent = request.POST.lists() if request.method == "POST" else []
    if any("\x00" in "".join([name, *values]) for name, values in sent):
        return _("The form holds a character that nothing here can hold.")
    return ""


def record_refusal(request: HttpRequest) -> None:
    """Leave the trace that a permission was refused."""
    user = getattr(request, "user", None)
    actor = user.actor if user is not None and user.is_authenticated else Actor("visitor", "Visitor")
    audit.record("permission.refused", by=actor, target=request.path[:200], method=request.method)
