"""The organisation for which a signed-in person works at the moment."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.organisations.models import Organisation
from portal.organisations.permissions import memberships

GetResponse = Callable[[HttpRequest], HttpResponse]
SESSION_KEY = "organisation"


class OrganisationMiddleware:
    """Sets `request.organisation`: the one chosen in the session, else the first, else None.

    One query for people who are signed in, none for visitors.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.organisation = current(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def current(request: HttpRequest) -> Organisation | None:
    """The chosen organisation, if the person still belongs to it. `?for=<slug>`, as links in mails have it, chooses."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    mine = memberships(user)
    asked = request.GET.get("for", "")
    named = next((pk for pk, row in mine.items() if asked and row.organisation.slug == asked), None)
    if named is not None and request.session.get(SESSION_KEY) != named:
        request.session[SESSION_KEY] = named
    chosen = mine.get(request.session.get(SESSION_KEY, 0)) or next(iter(mine.values()), None)
    return chosen.organisation if chosen else None
