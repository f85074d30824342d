"""The glossary and the timeline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.guidance import queries
from portal.guidance.models import Term
from portal.references import rendering
from portal.references.queries import labels


@require_safe
@cached_for_visitors
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms in both languages; `q` narrows them."""
    wanted = request.GET.get("q", "").strip()
    rows = [row for row in queries.terms() if _matches(row, wanted.casefold())]
    rows.sort(key=lambda row: texts.pick(row.term, "en")[0].casefold())
    letters = [(_letter(row), row) for row in rows]
    context = {
        "letters": letters,
        "initials": list(dict.fromkeys(letter for letter, _ in letters)),
        "q": wanted,
        "compilation": queries.compilation("glossary"),
    }
    return render(request, "guidance/glossary.html", context)


def _matches(row: Term, wanted: str) -> bool:
    words = [*texts.as_dict(row.term).values(), *texts.as_dict(row.definition).values()]
    return not wanted or any(wanted in text.casefold() for text in words)


def _letter(row: Term) -> str:
    """Under which letter a term stands; digits and the like go together under “#”."""
    first = texts.pick(row.term, "en")[0][:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


@require_safe
@cached_for_visitors
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """One term, what it relates to, where it is used."""
    row = get_object_or_404(Term, slug=slug)
    other = texts.other_language(texts.pick(row.term)[1])
    context = {
        "term": row,
        "html": rendering.render(texts.pick(row.definition)[0]),
        "other_term": texts.as_dict(row.term).get(other, ""),
        "other_language": other,
    }
    return render(request, "guidance/term.html", context)


@require_safe
@cached_for_visitors
def timeline(request: HttpRequest) -> HttpResponse:
    """What happened since 1949, by decade; `category` narrows it."""
    category = request.GET.get("category", "")
    rows = list(queries.events())
    words = labels("event_categories")["event_categories"]
    used = {row.category for row in rows}
    shown = [row for row in rows if not category or row.category == category]
    html = rendering.render_many([texts.pick(row.text)[0] for row in shown])
    context = {
        "rows": [
            (row, body, f"{row.sort_date.year // 10 * 10}s", words.get(row.category, row.category))
            for row, body in zip(shown, html, strict=True)
        ],
        "categories": [(value, label) for value, label in words.items() if value in used],
        "category": category,
        "compilation": queries.compilation("timeline"),
    }
    return render(request, "guidance/timeline.html", context)
