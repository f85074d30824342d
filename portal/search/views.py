"""The one box, and what it offers while somebody types."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.core import dates, texts
from portal.references.queries import labels
from portal.search import parsing, presenting, queries
from portal.search.filters import Filters

SORTS = ("relevance", "date")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results with facets; without a question, what can be asked."""
    typed = request.GET.get("q", "").strip()[: parsing.LONGEST]
    filters = Filters.read(request.GET.getlist)
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "relevance"
    found = queries.search(
        typed, filters=filters, sort=sort, page=_number(request.GET.get("page")), language=get_language() or "en"
    )
    context = {
        "typed": typed,
        "found": found,
        "filters": filters,
        "sort": sort,
        "examples": presenting.EXAMPLES,
        **(_found(request, found, filters) if not found.question.empty else {}),
    }
    return render(request, "search/search.html", context)


def _found(request: HttpRequest, found: queries.Results, filters: Filters) -> dict[str, Any]:
    for hit in [*found.best, *found.hits]:
        hit.state = presenting.state(hit.entry, dates.today())
        hit.where = [texts.pick(found.book[key].title)[0] for key in hit.places if key in found.book]
    topics = labels("topics")["topics"] if found.facets.get("topic") else {}
    return {
        "facets": presenting.facets(found, filters, request.GET.copy(), topics),
        "cleared": f"?{urlencode({'q': request.GET.get('q', '')})}",
        "page_obj": _page(found),
    }


def _page(found: queries.Results) -> Page[Any]:
    """The page that was found, for the pager: rows that are not shown are not read."""
    count = min(found.total, queries.MOST_PAGES * queries.PER_PAGE)
    return Paginator(range(count), queries.PER_PAGE).get_page(found.page)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Pages whose title begins so, for htmx; anybody else is sent to the results."""
    typed = request.GET.get("q", "").strip()[: parsing.LONGEST]
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('search:search')}?{urlencode({'q': typed})}")
    found = queries.suggestions(typed, language=get_language() or "en") if typed else []
    return render(request, "search/suggestions.html", {"found": found, "typed": typed})
