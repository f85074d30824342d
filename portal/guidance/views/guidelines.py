"""Guidelines and their editions."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.controls.models import Jurisdiction
from portal.core import markdown
from portal.core.caching import cached_for_visitors
from portal.core.dates import parse_on, parse_shown, today
from portal.guidance import presenting, queries
from portal.guidance.models import GuidelineEdition, GuidelineText
from portal.references import rendering
from portal.references.queries import addresses, labels

FACETS = {"topic": "topics", "element": "elements", "jurisdiction": "jurisdictions"}


@dataclass(frozen=True, slots=True)
class Row:
    """A guideline in the list."""

    edition: GuidelineEdition
    text: GuidelineText
    order: int  # place of its element in a programme


@dataclass(slots=True)
class Facet:
    """A filter with its values: (value, label, how many guidelines it would leave)."""

    name: str
    label: str
    chosen: str
    values: list[tuple[str, object, int]] = field(default_factory=list)


@require_safe
@cached_for_visitors
def guidelines(request: HttpRequest) -> HttpResponse:
    """All guidelines: those of the elements of a programme first, then the topic guides; filtered and sorted."""
    words = labels("topics", "elements")
    places = list(words["elements"])
    chosen = {name: request.GET.get(name, "") for name in FACETS}
    sort = request.GET.get("sort", "")
    current = _rows(queries.current_editions(on=today(), coming=True), places)
    rows = _sorted([row for row in current if _fits(row, chosen)], sort)
    context = {
        "groups": [
            (_("The elements of a programme"), [row for row in rows if row.edition.main_element]),
            (_("Topic guides"), [row for row in rows if not row.edition.main_element]),
        ],
        "count": len(rows),
        "facets": _facets(current, chosen, words),
        "chosen": chosen,
        "sorts": [("", _("Order of the programme")), ("title", _("Title")), ("newest", _("Newest edition first"))],
        "sort": sort,
        "withdrawn": _rows(queries.current_editions(on=today(), withdrawn=True), places),
    }
    return render(request, "guidance/guidelines.html", context)


def _rows(editions: Iterable[GuidelineEdition], places: list[str]) -> list[Row]:
    def place(edition: GuidelineEdition) -> int:
        return places.index(edition.main_element) if edition.main_element in places else len(places)

    return [Row(edition, queries.text_of(edition), place(edition)) for edition in editions if edition.texts.all()]


def _fits(row: Row, chosen: dict[str, str], *, but: str = "") -> bool:
    """Whether a guideline has all the chosen values; `but` leaves one filter out."""
    return all(
        not value or name == but or value in getattr(row.edition, FACETS[name]) for name, value in chosen.items()
    )


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    keys: dict[str, Callable[[Row], Any]] = {
        "title": lambda row: row.text.title.casefold(),
        "newest": lambda row: (-row.edition.effective_on.toordinal(), row.text.title.casefold()),
    }
    return sorted(rows, key=keys.get(sort, lambda row: (row.order, row.text.title.casefold())))


def _facets(rows: list[Row], chosen: dict[str, str], words: dict[str, dict[str, object]]) -> list[Facet]:
    """The filters with how many guidelines each value leaves, given the other filters."""
    jurisdictions: dict[str, object] = {row.code: row.name for row in Jurisdiction.objects.order_by("code")}
    known = {"topic": words["topics"], "element": words["elements"], "jurisdiction": jurisdictions}
    shown = {"topic": _("Topic"), "element": _("Element of a programme"), "jurisdiction": _("Jurisdiction")}
    found = []
    for name, column in FACETS.items():
        counts = Counter(
            value for row in rows if _fits(row, chosen, but=name) for value in set(getattr(row.edition, column))
        )
        values = [
            (value, label, counts[value])
            for value, label in known[name].items()
            if counts[value] or value == chosen[name]
        ]
        found.append(Facet(name, shown[name], chosen[name], values))
    return found


@require_safe
@cached_for_visitors
def guideline(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition that is in effect: today, on the day of `?on=`, or as this site showed it on the day of `?shown=`."""
    shown = _shown(request)
    on = parse_on(request.GET.get("on")) or shown or today()
    found = queries.editions(slug, shown=shown)
    return _page(request, found, found.in_effect(on), on=on, shown=shown)


@require_safe
@cached_for_visitors
def guideline_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition at its own address, with a banner when another one is in effect."""
    shown = _shown(request)
    found = queries.editions(slug, shown=shown)
    return _page(request, found, found.numbered(number), on=shown or today(), shown=shown)


def _shown(request: HttpRequest) -> dt.date | None:
    """The day whose page is wanted."""
    return parse_shown(request.GET.get("shown"))


def _page(
    request: HttpRequest, found: queries.Editions, edition: GuidelineEdition, *, on: dt.date, shown: dt.date | None
) -> HttpResponse:
    text, language = queries.text_of(edition), get_language() or "en"
    words = labels("topics", "elements")
    notes = rendering.Notes()
    state = found.state(edition, on)
    context = {
        "guideline": found.guideline,
        "found": found,
        "edition": edition,
        "text": text,
        "html": rendering.render(text.body, anchors="p", notes=notes),
        "notes": notes.listed,
        "headings": markdown.headings(text.body),
        "topics": [(value, words["topics"].get(value, value)) for value in edition.topics],
        "elements": [(value, words["elements"].get(value, value)) for value in edition.elements],
        "state": state,
        "word": presenting.edition_word(state),
        "shape": presenting.EDITION_KINDS[state],
        "on": on,
        "shown": shown,
        "cite_on": on if state == queries.EditionState.CURRENT else edition.effective_on,
        "current": found.in_effect(on),
        "coming": found.coming(on),
        "before": found.before(edition),
        "superseded_by": addresses([found.superseded_by]).get(found.superseded_by) if found.superseded_by else None,
        "behind": found.behind(edition, language) if text.language != language else None,
        "other_language": text.language != language,
        "version": str(edition.number),
    }
    return render(request, "guidance/guideline.html", context)
