"""Following a key to its page, and the small card that shows when a citation is pointed at."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.core.dates import parse_on, today
from portal.core.errors import NotFound
from portal.references import keys, queries, rendering, standing
from portal.references.models import Address, Citation
from portal.references.queries import Cited

PAGE = 50
WITH_PARTS = {"instrument", "list", "control-list", "framework", "questionnaire", "course"}  # their keys begin others


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
    """Title, gist and state of a key, today or on the day of `?on=`, for pointing at a citation."""
    on = parse_on(request.GET.get("on")) or today()
    address = queries.address(key)
    context = {
        "address": address,
        "gist": rendering.plain(texts.pick(address.gist)[0]),
        "standing": standing.of(address, on),
        "withdrawn": address.withdrawn_on is not None and address.withdrawn_on <= on,
    }
    return render(request, "references/card.html", context)


@require_safe
@cached_for_visitors
def rests_on_this(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that cites a key, in pages; `kind` narrows it, `below=0` leaves out what cites only its parts."""
    address = queries.address(key)
    has_parts = address.kind in WITH_PARTS
    below = has_parts and request.GET.get("below", "1") != "0"
    citations = queries.citations_of(address.key, below=below)
    everything = queries.citing_addresses(citations)
    kinds = dict(everything.order_by("kind").values_list("kind").annotate(n=Count("pk")))
    kind = request.GET.get("kind", "")
    page = Paginator(everything.filter(kind=kind) if kind else everything, PAGE).get_page(request.GET.get("page"))
    context = {
        "address": address,
        "page_obj": page,
        "rows": _with_targets(page.object_list, citations),
        "kinds": kinds,
        "total": sum(kinds.values()),
        "kind": kind,
        "has_parts": has_parts,
        "below": below,
    }
    return render(request, "references/rests_on_this.html", context)


def _with_targets(rows: Iterable[Address], citations: QuerySet[Citation]) -> list[tuple[Address, list[Cited]]]:
    """Each citing thing with what it cites of these, and what for. Two queries."""
    listed = list(rows)
    mine = citations.filter(source_key__in=[row.key for row in listed]).order_by("target_key")
    pairs = list(dict.fromkeys(mine.values_list("source_key", "target_key", "role")))
    book = queries.addresses(target for _, target, _ in pairs)
    return [
        (row, [Cited(book[target], role) for source, target, role in pairs if source == row.key and target in book])
        for row in listed
    ]


def nearby(key: str) -> list[Address]:
    """What the reader may have meant: the nearest key above that exists, and keys spelled alike."""
    above = list(queries.addresses(keys.ancestors(key)).values())
    shelf = key.partition("/")[0][:60]
    siblings = Address.objects.filter(key__startswith=shelf).values_list("key", flat=True)[:2000]
    close = get_close_matches(key, list(siblings), n=5, cutoff=0.6)
    return [*above, *queries.addresses(close).values()][:6]
