"""How often one may ask: visitors by address, known ones by organisation or person. Counts live in the cache."""

import logging
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from portal.api.authentication import Program

if TYPE_CHECKING:  # rest_framework.views reads the settings, which name this module
    from rest_framework.views import APIView

log = logging.getLogger(__name__)


class Limit(SimpleRateThrottle):
    """A rate that is read when it is needed, so that settings decide."""

    def get_rate(self) -> str | None:
        rates: Any = api_settings.DEFAULT_THROTTLE_RATES
        rate: str | None = rates[self.scope]
        return rate

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Without the cache nobody is counted: reading goes on."""
        try:
            return bool(super().allow_request(request, view))
        except RedisError as error:
            log.warning("The cache is away, requests are not counted: %s", error)
            return True


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
        version = ip_address(address).version
    except ValueError:
        return address
    return str(ip_network((address, 64), strict=False)) if version == 6 else address
