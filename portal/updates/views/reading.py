"""What changed, for everybody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core.caching import cached_for_visitors
from portal.updates import queries
from portal.updates.models import Facet


@require_safe
@cached_for_visitors
def changes(request: HttpRequest) -> HttpResponse:
    """What changed lately; `jurisdiction`, `topic` and `kind` narrow it."""
    words = queries.words()
    wanted = {facet: request.GET.get(facet, "") for facet in Facet.values}
    rows = queries.changes(topic=wanted["topic"], jurisdiction=wanted["jurisdiction"], kind=wanted["kind"])
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [(event, [words.of("jurisdiction", code) for code in event.jurisdictions]) for event in page],
        "facets": [(facet, label, words.choices(facet), wanted[facet]) for facet, label in Facet.choices],
        "filtered": any(wanted.values()),
        "wanted": wanted,
    }
    return render(request, "updates/changes.html", context)


@require_safe
@cached_for_visitors
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed, in words."""
    words = queries.words()
    return render(
        request, "updates/feeds.html", {"facets": [(f, label, words.choices(f)) for f, label in Facet.choices]}
    )
