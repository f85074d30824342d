"""Typed requests, and the decorators that give them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.permissions import must


class SignedInRequest(HttpRequest):
    """A request by a person who is signed in; `organisation` is the one they work for at the moment, if any."""

    user: User
    organisation: Organisation | None


class MemberRequest(SignedInRequest):
    """A request by a person who works for an organisation at the moment."""

    organisation: Organisation


def member_required(action: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a view through only for people who may do `action` in their current organisation.

    Visitors go to the login page, people without an organisation to the page where they found or join one;
    a refused permission is a 403 that is audited.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            organisation: Organisation | None = request.organisation  # type: ignore[attr-defined]
            if organisation is None:
                return redirect("organisations:start")
            must(request.user, action, organisation)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
