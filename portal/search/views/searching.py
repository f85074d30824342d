"""The one box, and what it offers while somebody types."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.core import dates, texts
from portal.core.errors import PortalError
from portal.references.queries import labels
from portal.search import parsing, presenting, queries
from portal.search.forms import SaveForm
from portal.search.requests import Query


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results with facets; without a question, what can be asked."""
    query, fault = _read(request)
    found = queries.search(
        query.typed,
        filters=query.filters,
        sort=query.sort,
        page=_number(request.GET.get("page")),
        language=get_language() or "en",
        on=query.on,
        literal=query.literal,
    )
    nothing_asked = found.question.empty and not query.filters
    context = {
        "typed": query.typed,
        "query": query,
        "fault": fault,
        "found": found,
        "nothing_asked": nothing_asked,
        "examples": presenting.EXAMPLES,
        **({} if nothing_asked else _found(request, found, query)),
    }
    return render(request, "search/search.html", context)


def _read(request: HttpRequest) -> tuple[Query, str]:
    """What is asked for, and a sentence where the day is none: then the rest is answered."""
    try:
        return Query.read(request.GET.getlist), ""
    except PortalError as error:
        return Query.read(lambda name: [] if name == "on" else request.GET.getlist(name)), str(error)


def _found(request: HttpRequest, found: queries.Results, query: Query) -> dict[str, Any]:
    day = query.on or dates.today()
    for hit in [*found.best, *found.hits]:
        hit.state = presenting.state(hit.entry, day)
        hit.where = [texts.pick(found.book[key].title)[0] for key in hit.places if key in found.book]
    topics = labels("topics")["topics"] if found.facets.get("topic") or query.filters.topic else {}
    facets = presenting.facets(found, query, topics)
    return {
        "facets": facets,
        "narrowed": [facet for facet in facets if facet.chosen],
        "has_state": any(facet.name == "state" for facet in facets),
        "day": day,
        "kept": [pair for pair in query.parameters() if pair[0] != "on"],
        "cleared": query.bare.href,
        "literally": replace(query, literal=True).href,
        "widely": replace(query, literal=False).href,
        "feed": f"{reverse('search:feed')}{query.href}",
        "page_obj": _page(found),
        "save": SaveForm(initial={"name": presenting.name_of(query, facets)})
        if request.user.is_authenticated
        else None,
    }


def _page(found: queries.Results) -> Page[Any]:
    """The page that was found, for the pager: rows that are not shown are not read."""
    count = min(found.total, queries.MOST_PAGES * queries.PER_PAGE)
    return Paginator(range(count), queries.PER_PAGE).get_page(found.page)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Pages whose title begins so, and a person's own searches first, for htmx; anybody else is sent to the results."""
    typed = request.GET.get("q", "").strip()[: parsing.LONGEST]
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('search:search')}?{urlencode({'q': typed})}")
    own = queries.saved_like(request.user.pk, typed) if request.user.is_authenticated else []
    found = queries.suggestions(typed, language=get_language() or "en") if typed else []
    return render(request, "search/suggestions.html", {"found": found, "own": own, "typed": typed})
