"""How often one may ask: visitors by address, known ones by organisation or person. Counts live in the cache."""

from ipaddress import IPv6Address, ip_network
from typing import TYPE_CHECKING, Any

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from portal.api.authentication import Program

if TYPE_CHECKING:  # rest_framework.views reads the settings, which name this module
    from rest_framework.views import APIView


class Limit(SimpleRateThrottle):
    """A rate that is read when it is needed, so that settings decide."""

    def get_rate(self) -> str | None:
        rates: Any = api_settings.DEFAULT_THROTTLE_RATES
        rate: str | None = rates[self.scope]
        return rate


class Visitors(Limit):
    """Everybody without token or session, by IP address; an IPv6 customer is a /64."""

    scope = "visitors"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": network(self.get_ident(request) or "")}


class Known(Limit):
    """An organisation with all its tokens together, or one signed-in person."""

    scope = "known"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if not request.user.is_authenticated:
            return None
        user = request.user
        owner = user.token.organisation.key if isinstance(user, Program) else f"user/{user.pk}"
        return self.cache_format % {"scope": self.scope, "ident": owner}


def network(address: str) -> str:
    """The address, or for IPv6 its /64; what is no address is returned as it is."""
    try:
        found = ip_network(address)
    except ValueError:
        return address
    if isinstance(found.network_address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return address
