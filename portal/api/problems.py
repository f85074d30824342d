"""Every error as a problem document (RFC 9457): what went wrong, in a sentence, with a code for programs."""

import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from portal.core.errors import NotAllowed, NotFound, PortalError
from portal.core.middleware import record_refusal

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("django.request")

# code -> title; the developers' page has one paragraph for each, under #problem-<code>.
TITLES = {
    "bad-request": gettext_lazy("The request cannot be understood"),
    "not-authenticated": gettext_lazy("Sign in or send a token"),
    "invalid-token": gettext_lazy("The token is not good"),
    "not-allowed": gettext_lazy("Not allowed"),
    "not-found": gettext_lazy("Not found"),
    "wrong-method": gettext_lazy("This address can only be read"),
    "not-acceptable": gettext_lazy("Only JSON is given"),
    "too-many-requests": gettext_lazy("Too many requests"),
    "conflict": gettext_lazy("In conflict with the present state"),
    "refused": gettext_lazy("The request is refused"),
    "internal-error": gettext_lazy("Our mistake"),
}
CODES: list[tuple[type[Exception], str]] = [
    (exceptions.ValidationError, "bad-request"),
    (exceptions.ParseError, "bad-request"),
    (exceptions.AuthenticationFailed, "invalid-token"),
    (exceptions.NotAuthenticated, "not-authenticated"),
    (exceptions.PermissionDenied, "not-allowed"),
    (exceptions.NotFound, "not-found"),
    (exceptions.MethodNotAllowed, "wrong-method"),
    (exceptions.NotAcceptable, "not-acceptable"),
    (exceptions.Throttled, "too-many-requests"),
]


def handler(exc: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler: the answer to any exception. A refused permission is audited, a bug is logged."""
    request: Request = context["request"]
    if isinstance(exc, (PermissionDenied, exceptions.PermissionDenied, NotAllowed)):
        record_refusal(request._request)
    else:
        set_rollback()
    if isinstance(exc, PortalError):
        return _of_the_portal(exc, request)
    exc = _as_api_exception(exc)
    if isinstance(exc, exceptions.APIException):
        return _of_the_framework(exc, request)
    return _of_a_bug(exc, request)


def _as_api_exception(exc: Exception) -> Exception:
    if isinstance(exc, Http404):
        return exceptions.NotFound(_("There is nothing at this address."))
    return exceptions.PermissionDenied() if isinstance(exc, PermissionDenied) else exc


def _of_the_portal(exc: PortalError, request: Request) -> Response:
    code = exc.code if exc.code in TITLES else "refused"
    detail = str(exc)
    if isinstance(exc, NotFound) and " " not in detail and not detail.endswith("。"):
        detail = _("There is nothing at the address “%(key)s”.") % {"key": detail}
    if exc.status == 400:
        code = "bad-request"
    return problem(request, exc.status, code, detail)


def _of_the_framework(exc: exceptions.APIException, request: Request) -> Response:
    code = next((code for kind, code in CODES if isinstance(exc, kind)), "refused")
    errors = list(_errors(exc.detail)) if isinstance(exc, exceptions.ValidationError) else []
    detail = " ".join(_sentence(error) for error in errors) or str(exc.detail)
    response = problem(request, exc.status_code, code, detail, errors)
    wait = getattr(exc, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    challenge = getattr(exc, "auth_header", None)
    if challenge:
        invalid = code == "invalid-token"
        response["WWW-Authenticate"] = f'{challenge}, error="invalid_token"' if invalid else challenge
    return response


def _of_a_bug(exc: Exception, request: Request) -> Response:
    """Told to whoever listens (the test client raises it), logged with its trace, and answered without its words."""
    got_request_exception.send(sender=handler, request=request._request)
    log.error("Internal error: %s", request.path, exc_info=exc)
    return problem(request, 500, "internal-error", _("Something broke here. It was logged, and we will look at it."))


def problem(
    request: Request, status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None
) -> Response:
    """The document. `type` leads to the paragraph on this code on the page for developers."""
    data = {
        "type": f"{settings.SITE_URL}{reverse('developers:index')}#problem-{code}",
        "title": str(TITLES[code]),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
        "errors": errors or [],
    }
    return Response(data, status=status, content_type=MEDIA_TYPE)


def _errors(detail: Any, parameter: str = "") -> Iterator[dict[str, str]]:
    """`{parameter, message}` for each fault, whatever shape the framework gives them."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            yield from _errors(below, str(name))
    elif isinstance(detail, list):
        for below in detail:
            yield from _errors(below, parameter)
    else:
        yield {"parameter": parameter, "message": str(detail)}


def _sentence(error: dict[str, str]) -> str:
    return f"{error['parameter']}: {error['message']}" if error["parameter"] else error["message"]
