"""Who may read what an organisation keeps for itself."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from portal.api.authentication import Program
from portal.core.errors import NotAllowed
from portal.organisations.models import Organisation
from portal.organisations.permissions import must

if TYPE_CHECKING:
    from rest_framework.views import APIView


class OwnOrganisation(BasePermission):
    """A token with the scope `read`, or a signed-in person whose role has the view's `action`."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        user: Any = request.user
        if not user.is_authenticated:
            raise NotAuthenticated(_("Send your organisation's token: “Authorization: Bearer …”, or sign in."))
        if isinstance(user, Program):
            if "read" not in user.token.scopes:
                raise NotAllowed(_("This token may not read. An owner of the organisation can make one that may."))
            return True
        if organisation_of(request) is None:
            raise NotAllowed(_("You belong to no organisation. Found one, or ask to be invited."))
        must(user, view.action_needed, organisation_of(request))  # type: ignore[attr-defined]
        return True


def organisation_of(request: Request) -> Organisation | None:
    """The token's organisation, else the one that the person works for at the moment."""
    if isinstance(request.user, Program):
        return request.user.token.organisation
    found: Organisation | None = request._request.organisation  # type: ignore[attr-defined]
    return found
