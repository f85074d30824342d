"""Guidelines and their editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.core import markdown
from portal.core.caching import cached_for_visitors
from portal.core.dates import today
from portal.guidance import queries
from portal.guidance.models import GuidelineEdition
from portal.references import rendering
from portal.references.queries import labels


@require_safe
@cached_for_visitors
def guidelines(request: HttpRequest) -> HttpResponse:
    """All guidelines, by topic."""
    topic = request.GET.get("topic", "")
    editions = list(queries.current_editions(on=today()))
    topics = labels("topics")["topics"]
    used = {value for edition in editions for value in edition.topics}
    context = {
        "rows": [(edition, queries.text_of(edition)) for edition in editions if not topic or topic in edition.topics],
        "topics": [(value, label) for value, label in topics.items() if value in used],
        "topic": topic,
    }
    return render(request, "guidance/guidelines.html", context)


@require_safe
@cached_for_visitors
def guideline(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition that is effective today."""
    return _page(request, queries.edition(slug, None, on=today()))


@require_safe
@cached_for_visitors
def guideline_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition at its own address, with a banner when another one is effective."""
    return _page(request, queries.edition(slug, number, on=today()))


def _page(request: HttpRequest, edition: GuidelineEdition) -> HttpResponse:
    text = queries.text_of(edition)
    words = labels("topics", "elements")
    editions = list(edition.guideline.editions.all())
    context = {
        "guideline": edition.guideline,
        "edition": edition,
        "text": text,
        "html": rendering.render(text.body),
        "headings": [heading for heading in markdown.headings(text.body) if heading[0] == 2],
        "topics": [(value, words["topics"].get(value, value)) for value in edition.topics],
        "elements": [words["elements"].get(value, value) for value in edition.elements],
        "editions": editions,
        "current": next((row for row in editions if row.effective_on <= today()), edition),
        "other_language": text.language != get_language(),
        "version": str(edition.number),
        "not_yet": edition.effective_on > today(),
    }
    return render(request, "guidance/guideline.html", context)
