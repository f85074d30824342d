"""The case database and one case."""

from typing import Any

from babel import Locale
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, to_locale
from django.views.decorators.http import require_safe

from portal.cases import queries
from portal.cases.models import Case, Facet
from portal.controls.models import Jurisdiction
from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.references import rendering
from portal.references.queries import addresses, labels

PER_PAGE = 20


@require_safe
@cached_for_visitors
def cases(request: HttpRequest) -> HttpResponse:
    """The database: filters with counts, newest first."""
    filters = queries.Filters(**{name: request.GET.get(name, "").strip() for name in queries.Filters.__slots__})
    rows = queries.matching(filters)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(rows)
    words = labels("elements", "violation_types", "case_kinds")
    instruments = addresses(counts.get(Facet.INSTRUMENT, {}))
    context = {
        "page_obj": page,
        "filters": filters,
        "filtered": any(getattr(filters, name) for name in queries.Filters.__slots__),
        "kinds": words["case_kinds"],
        "facets": [
            ("element", _options(counts.get(Facet.ELEMENT, {}), words["elements"], filters.element)),
            ("violation", _options(counts.get(Facet.VIOLATION, {}), words["violation_types"], filters.violation)),
            ("kind", _options(counts["kind"], words["case_kinds"], filters.kind)),
            (
                "instrument",
                _options(
                    counts.get(Facet.INSTRUMENT, {}),
                    {key: address.title for key, address in instruments.items()},
                    filters.instrument,
                ),
            ),
            (
                "jurisdiction",
                _options(
                    counts["jurisdiction"],
                    {row.code: row.name for row in Jurisdiction.objects.all()},
                    filters.jurisdiction,
                ),
            ),
        ],
    }
    template = "cases/cases.html#results" if request.htmx else "cases/cases.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _options(counts: Any, words: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    """The values of a filter, most frequent first, the chosen one always among them."""
    values = dict.fromkeys([*([chosen] if chosen else []), *(value for value, _ in sorted(counts.items(), key=_order))])
    return [
        {"value": value, "label": texts.pick(words.get(value, value))[0], "n": counts.get(value, 0)} for value in values
    ]


def _order(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


@require_safe
@cached_for_visitors
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """One case: what happened, what failed, what it cost, what to learn."""
    row = get_object_or_404(Case.objects.select_related("jurisdiction").prefetch_related("labels"), slug=slug)
    found = queries.labels_of(row)
    words = labels("elements", "violation_types", "case_kinds", "discovery")
    book = addresses(
        [f"authority/{slug}" for slug in found.get(Facet.AUTHORITY, [])]
        + found.get(Facet.INSTRUMENT, [])
        + found.get(Facet.ENTRY, [])
    )
    names = {name: [texts.pick(text)[0] for text in getattr(row, name)] for name in LISTS}
    html = rendering.render_many(
        [texts.pick(row.facts)[0], *(text for name in LISTS for text in names[name])], anchors=["p"]
    )
    rendered, position = {}, 1
    for name in LISTS:
        rendered[name] = html[position : position + len(names[name])]
        position += len(names[name])
    context = {
        "case": row,
        "facts": html[0],
        **rendered,
        "kind": words["case_kinds"].get(row.kind, row.kind),
        "discovery": words["discovery"].get(row.discovery, row.discovery),
        "violations": [words["violation_types"].get(value, value) for value in found.get(Facet.VIOLATION, [])],
        "elements": [(value, words["elements"].get(value, value)) for value in found.get(Facet.ELEMENT, [])],
        "authorities": [book[key] for slug in found.get(Facet.AUTHORITY, []) if (key := f"authority/{slug}") in book],
        "instruments": [book[key] for key in found.get(Facet.INSTRUMENT, []) if key in book],
        "entries": [book[key] for key in found.get(Facet.ENTRY, []) if key in book],
        "destinations": [country(code) for code in found.get(Facet.DESTINATION, [])],
        "alike": queries.alike(row),
    }
    return render(request, "cases/case.html", context)


LISTS = ["lessons", "red_flags", "aggravating", "mitigating"]


def country(code: str) -> str:
    """A country's name in the reader's language; what is no code (such as “several”) is shown as it is."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    return str(locale.territories.get(code.upper(), code))
