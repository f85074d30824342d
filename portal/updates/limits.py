"""How often one may sign up. Counters in the cache: losing them costs nothing."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600


def allow(what: str, who: str, *, times: int, seconds: int = HOUR) -> bool:
    """Count one more try of `who`; False when it is one too many within `seconds` of the first."""
    key = f"updates:{what}:{hashlib.sha256(who.lower().encode()).hexdigest()[:32]}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= times
    except ValueError:  # it ran out between the two lines
        return True


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: the address that the nearest proxy saw, if there is one to trust."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
