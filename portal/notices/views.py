"""The public pages: all notices, and one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.controls.models import Jurisdiction
from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.core.dates import today
from portal.notices import queries
from portal.notices.models import Kind
from portal.notices.presenting import page_of, standings
from portal.references.queries import addresses, labels

PER_PAGE = 20


@require_safe
@cached_for_visitors
def notices(request: HttpRequest) -> HttpResponse:
    """What authorities have published, newest first."""
    filters = queries.Filters(**{name: request.GET.get(name, "").strip() for name in queries.Filters.__slots__})
    page = Paginator(queries.matching(filters), PER_PAGE).get_page(request.GET.get("page"))
    values = queries.values()
    book = addresses({key for key, _n in values["authority"]})
    words: dict[str, dict[str, Any]] = {
        "authority": {key: address.title for key, address in book.items()},
        "jurisdiction": {row.code: row.name for row in Jurisdiction.objects.all()},
        "topic": labels("topics")["topics"],
        "year": {},
    }
    context = {
        "page_obj": page,
        "rows": [(row, book.get(row.authority_key), standings(row, today())) for row in page],
        "filters": filters,
        "filtered": any(getattr(filters, name) for name in queries.Filters.__slots__),
        "facets": [
            (name, getattr(filters, name), _options(values[name], words[name], getattr(filters, name)))
            for name in ["authority", "jurisdiction", "topic", "year"]
        ],
        "kinds": Kind.choices,
    }
    template = "notices/notices.html#results" if request.htmx else "notices/notices.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _options(values: list[tuple[str, int]], words: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    """The values of a filter with their words; the chosen one is always among them."""
    known = dict(values)
    if chosen and chosen not in known:
        known[chosen] = 0
    return [
        {"value": value, "label": texts.pick(words.get(value, value))[0], "n": count} for value, count in known.items()
    ]


@require_safe
@cached_for_visitors
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """One notice: its words, what it changes, from when, and how to comment."""
    row = queries.notice(slug)
    return render(request, "notices/notice.html", page_of(row))
