"""The public pages: all notices, and one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.controls.models import Jurisdiction
from portal.core import texts
from portal.core.dates import today
from portal.notices import queries
from portal.notices.models import Kind
from portal.notices.presenting import standings
from portal.references import rendering
from portal.references.queries import addresses, labels

PER_PAGE = 20


@require_safe
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
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """One notice: its words, what it changes, from when, and how to comment."""
    row = queries.notice(slug)
    return render(request, "notices/notice.html", page_of(row))


def page_of(row: Any) -> dict[str, Any]:
    """What the page of a notice shows; the desk shows the same before publishing. Few queries, whatever its length."""
    changes, corrections = list(row.changes.all()), list(row.corrections.all())
    shown = [row.body, row.withdrawn_because, *(c.words for c in changes), *(c.words for c in corrections)]
    html = rendering.render_many([texts.pick(text)[0] for text in shown])
    end = 2 + len(changes)
    book = addresses([row.authority_key, row.supersedes, *(change.target_key for change in changes)])
    return {
        "notice": row,
        "authority": book.get(row.authority_key),
        "standings": standings(row, today()),
        "open_for_comment": row.open_for_comment(today()),
        "body": html[0],
        "body_language": texts.pick(row.body)[1],
        "because": html[1],
        "changes": [
            {"change": change, "address": book.get(change.target_key), "html": words}
            for change, words in zip(changes, html[2:end], strict=True)
        ],
        "corrections": list(zip(corrections, html[end:], strict=True)),
        "supersedes": book.get(row.supersedes),
        "superseded_by": queries.superseded_by(row) if row.published else None,
        "jurisdictions": Jurisdiction.objects.filter(code__in=row.jurisdictions),
        "topics": [(value, words) for value, words in labels("topics")["topics"].items() if value in row.topics],
    }
