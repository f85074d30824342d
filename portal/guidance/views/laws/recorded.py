"""When this site's record of a law changed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.core.caching import cached_for_visitors
from portal.guidance import presenting, queries
from portal.guidance.queries import Entry

PAGE = 50


@require_safe
@cached_for_visitors
def record(request: HttpRequest, key: str) -> HttpResponse:
    """The record history of a law: each moment at which what this site shows of it changed, newest first."""
    instrument = queries.instrument(key)
    page = Paginator(queries.entries(instrument), PAGE).get_page(request.GET.get("page"))
    rows = [(entry, day_of(entry), sentences(entry)) for entry in page]
    return render(request, "guidance/record.html", {"instrument": instrument, "rows": rows, "page_obj": page})


def day_of(entry: Entry) -> str:
    """The day of this site on which an entry was made, as `?shown=` takes it."""
    return timezone.localtime(entry.at, timezone.get_default_timezone()).date().isoformat()


def sentences(entry: Entry) -> list[str]:
    """What an entry changed, one phrase for each kind of thing."""
    said = [_("first record")] if entry.first else presenting.changed_words(entry.changed)
    if entry.texts_added:
        words = ngettext("%(n)s text added", "%(n)s texts added", entry.texts_added)
        said.append(words % {"n": entry.texts_added})
    if entry.texts_retired:
        words = ngettext("%(n)s text taken out of use", "%(n)s texts taken out of use", entry.texts_retired)
        said.append(words % {"n": entry.texts_retired})
    return said
