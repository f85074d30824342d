"""A page cache for visitors: whole pages, dropped together when anything is published or withdrawn.

What a visitor sees depends on the address, the language, today's date and what is published, on nothing else. So a
finished page is kept under the first three with the *generation* of what is published, and is good only while that
generation lasts. Who is signed in, or carries a message, always gets a page of their own.

The cache may be away: then every page is made anew. docs/decisions/0021-page-cache.md says why it is made so.
"""

import datetime as dt
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Concatenate, ParamSpec
from uuid import uuid4

import structlog
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers, set_response_etag
from django.utils.translation import get_language
from redis.exceptions import RedisError

from portal.core.dates import today

log = structlog.get_logger(__name__)
Arguments = ParamSpec("Arguments")

GENERATION = "pages:generation"
QUERY_SECONDS = 60
SETTLED = 2  # seconds after which a publication counts as the last one of its second
AWAY = (RedisError, OSError)
PAUSE = 5.0  # seconds in which a cache that was away is not asked again, so that no page waits for it

_ask_again_at = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page. Compressed, because Redis keeps it in memory: about a fifth."""

    generation: str
    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        return HttpResponse(zlib.decompress(self.content), headers=self.headers)


def cached_for_visitors(
    view: Callable[Concatenate[HttpRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Keeps the pages that this view makes for visitors. Only for views that show published content."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        seconds = _lifetime(request)
        key = _key(request)
        generation, page = _look_up(key) if seconds else ("", None)
        if page is not None:
            return page.response()
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        if generation and _is_for_everybody(request, response):
            set_response_etag(response)
            _keep(key, Page(generation, zlib.compress(response.content, 1), dict(response.headers)), seconds)
        return response

    return wrapper


def clear_after_commit(*_: object, **__: object) -> None:
    """A receiver: what was published is seen as soon as it is committed."""
    transaction.on_commit(clear)


def clear() -> None:
    """No page that was kept until now is shown any more."""
    try:
        cache.set(GENERATION, _new_generation(), None)
    except AWAY as error:
        log.warning("page cache not reached, its pages end by themselves", error=str(error))


def _new_generation() -> str:
    """Seconds since the epoch and something unique: when it began, and which one it is."""
    return f"{time.time():.0f}.{uuid4().hex}"


def last_modified() -> dt.datetime | None:
    """Since when what is published reads as it does now; never earlier than it is true.

    The later of the last publication and midnight, at which states may change. None when that is not known, or so
    lately that a second publication in the same second could be overlooked by who asks with whole seconds.
    """
    generation, _ = _look_up(GENERATION)
    began, _, unique = generation.partition(".")
    if not (unique and began.isdigit()) or time.time() - int(began) < SETTLED:
        return None
    midnight = dt.datetime.combine(today(), dt.time(), tzinfo=timezone.get_current_timezone())
    return max(dt.datetime.fromtimestamp(int(began), tz=dt.UTC), midnight)


def _lifetime(request: HttpRequest) -> int:
    """For how many seconds the answer may be kept; 0 when it must not come from the cache either."""
    cookies = {settings.SESSION_COOKIE_NAME, "messages"}
    if request.method not in {"GET", "HEAD"} or cookies & request.COOKIES.keys():
        return 0
    seconds: int = settings.PAGE_CACHE_SECONDS
    # Anybody can make up addresses with a query: those may not fill the memory for long.
    return min(seconds, QUERY_SECONDS) if request.META.get("QUERY_STRING") else seconds


def _key(request: HttpRequest) -> str:
    htmx = request.headers.get("HX-Request", "")
    parts = [get_language(), today().isoformat(), htmx, request.scheme, request.get_host(), request.get_full_path()]
    return f"pages:{blake2b(repr(parts).encode(), digest_size=20).hexdigest()}"


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether nothing in this answer belongs to one visitor: no cookie, no form's token, no nonce, no message."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "_csp_nonce", None)
        and not request.session.modified
        and not get_messages(request)
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
    )


def _look_up(key: str) -> tuple[str, Page | None]:
    """The generation of what is published now, "" when the cache is away; and the page, if it is of that one."""
    global _ask_again_at  # noqa: PLW0603 - what this process knows of the cache
    if time.monotonic() < _ask_again_at:
        return "", None
    try:
        found = cache.get_many([GENERATION, key])
        generation = str(found.get(GENERATION) or cache.get_or_set(GENERATION, _new_generation(), None))
    except AWAY as error:
        _ask_again_at = time.monotonic() + PAUSE
        log.warning("page cache not reached, pages are made anew", error=str(error))
        return "", None
    page: Page | None = found.get(key) if key != GENERATION else None
    return generation, page if page and page.generation == generation else None


def _keep(key: str, page: Page, seconds: int) -> None:
    try:
        cache.set(key, page, seconds)
    except AWAY as error:
        log.warning("page cache not reached, a page was not kept", error=str(error))
