"""Following a key to its page, and the small card that shows when a citation is pointed at."""

from difflib import get_close_matches

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core.caching import cached_for_visitors
from portal.core.dates import parse_on
from portal.core.errors import NotFound
from portal.references import keys, queries
from portal.references.models import Address


@require_safe
def resolve(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a key, on a date where `?on=` is given; for an unknown key, a 404 that helps to go on."""
    on = parse_on(request.GET.get("on"))
    key = key.rstrip("/").lower()
    try:
        address = queries.address(key)
    except NotFound:
        return render(request, "references/unknown.html", {"key": key, "near": nearby(key)}, status=404)
    url = address.get_absolute_url()
    if on and address.dated:
        path, _, fragment = url.partition("#")
        url = f"{path}?on={on.isoformat()}" + (f"#{fragment}" if fragment else "")
    return HttpResponseRedirect(url)


@require_safe
@cached_for_visitors
def card(request: HttpRequest, key: str) -> HttpResponse:
    """Title and gist of a key, for pointing at a citation."""
    return render(request, "references/card.html", {"address": queries.address(key)})


@require_safe
@cached_for_visitors
def rests_on_this(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that cites a key."""
    address = queries.address(key)
    context = {"address": address, "citing": queries.rests_on_this(address.key)}
    return render(request, "references/rests_on_this.html", context)


def nearby(key: str) -> list[Address]:
    """What the reader may have meant: the nearest key above that exists, and keys spelled alike."""
    above = list(queries.addresses(keys.ancestors(key)).values())
    shelf = key.partition("/")[0][:60]
    siblings = Address.objects.filter(key__startswith=shelf).values_list("key", flat=True)[:2000]
    close = get_close_matches(key, list(siblings), n=5, cutoff=0.6)
    return [*above, *queries.addresses(close).values()][:6]
