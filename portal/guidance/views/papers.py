"""Guidelines and laws as PDF, in the language of the address or of `?lang=`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.core.dates import parse_on, today
from portal.core.texts import LANGUAGE_CODES
from portal.guidance import exports, queries
from portal.guidance.models import Instrument


@require_safe
def guideline_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition of a guideline on paper."""
    found = queries.editions(slug)
    edition = found.numbered(number)
    with _language(request):
        return _file(exports.guideline_pdf(found, edition), f"{slug}-{number}")


@require_safe
def law_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """An instrument on paper, on a date."""
    instrument = get_object_or_404(Instrument.objects.select_related("jurisdiction", "authority"), key=key)
    on = parse_on(request.GET.get("on")) or today()
    with _language(request):
        return _file(exports.law_pdf(instrument, on), f"{key}-{on.isoformat()}")


@require_safe
def provision_pdf(request: HttpRequest, key: str, label: str) -> HttpResponse:
    """A provision on paper, on a date."""
    provision = queries.provision(key, label)
    on = parse_on(request.GET.get("on")) or today()
    with _language(request):
        return _file(exports.provision_pdf(provision, on), f"{key}-{label}-{on.isoformat()}")


def _language(request: HttpRequest) -> translation.override:
    wanted = request.GET.get("lang", "")
    return translation.override(wanted if wanted in LANGUAGE_CODES else get_language())


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "public, max-age=300"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
