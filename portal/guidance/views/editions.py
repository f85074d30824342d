"""The editions of a guideline: which there are, and two of them compared."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.caching import cached_for_visitors
from portal.core.dates import parse_shown, today
from portal.core.texts import LANGUAGE_CODES, other_language
from portal.guidance import presenting, queries
from portal.guidance.models import GuidelineEdition


@require_safe
@cached_for_visitors
def guideline_editions(request: HttpRequest, slug: str) -> HttpResponse:
    """All editions of a guideline: what changed in each and why, when it was published and takes effect."""
    found = queries.editions(slug, shown=parse_shown(request.GET.get("shown")))
    on = today()
    context = {
        "guideline": found.guideline,
        "found": found,
        "title": queries.text_of(found.in_effect(on)),
        "rows": [_edition_row(found, edition, on) for edition in found.listed],
    }
    return render(request, "guidance/guideline_editions.html", context)


def _edition_row(found: queries.Editions, edition: GuidelineEdition, on: dt.date) -> dict[str, Any]:
    state = found.state(edition, on)
    return {
        "edition": edition,
        "text": queries.text_of(edition),
        "languages": [text.language for text in sorted(edition.texts.all(), key=lambda text: text.language)],
        "word": presenting.edition_word(state),
        "shape": presenting.EDITION_KINDS[state],
        "before": found.before(edition),
    }


@require_safe
@cached_for_visitors
def guideline_comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Two editions as a redline, section by section; with `all=1` the sections that are the same too."""
    found = queries.editions(slug)
    context: dict[str, Any] = {
        "guideline": found.guideline,
        "found": found,
        "title": queries.text_of(found.in_effect(today())),
        "everything": request.GET.get("all") == "1",
        "asked": _asked(request, found),
    }
    try:
        before, after = (_numbered(found, context["asked"][name]) for name in ("from", "to"))
    except ValueError as error:
        return render(request, "guidance/guideline_comparison.html", context | {"error": str(error)}, status=400)
    here = get_language() or "en"
    language = request.GET.get("lang", here)
    compared = queries.compare_editions(before, after, language if language in LANGUAGE_CODES else here)
    context |= {
        "before": before,
        "after": after,
        "compared": compared,
        "other": other_language(compared.language) if compared.other else "",
        "rows": [(line, presenting.section_sentence(line)) for line in compared.lines],
        "changed": [(line, presenting.section_sentence(line)) for line in compared.changed],
    }
    return render(request, "guidance/guideline_comparison.html", context)


def _asked(request: HttpRequest, found: queries.Editions) -> dict[str, str]:
    """The two numbers asked for; what was left out is filled in: the one in effect and the next, or the one before."""
    current = found.in_effect(today())
    coming, before = found.coming(today()), found.before(current)
    first, last = (current, coming[0]) if coming else (before or current, current)
    return {"from": request.GET.get("from") or str(first.number), "to": request.GET.get("to") or str(last.number)}


def _numbered(found: queries.Editions, number: str) -> GuidelineEdition:
    edition = next((row for row in found.listed if str(row.number) == number), None)
    if edition is None:
        raise ValueError(_("There is no edition “%(number)s” of this guideline.") % {"number": number})
    return edition
