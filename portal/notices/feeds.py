"""The Atom feed, in the language of its address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core import markdown, texts
from portal.notices import queries
from portal.references.queries import addresses

ENTRIES = 40


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest notices; an entry's id is its permanent address, the same in both languages."""
    filters = queries.Filters(**{name: request.GET.get(name, "").strip() for name in queries.Filters.__slots__})
    rows = list(queries.matching(filters)[:ENTRIES])
    book = addresses({row.authority_key for row in rows})
    atom = Atom1Feed(
        title=_("%(site)s: notices") % {"site": settings.SITE_NAME},
        link=settings.SITE_URL + reverse("notices:notices"),
        feed_url=settings.SITE_URL + request.get_full_path(),
        description=_("What export-control authorities have published here."),
        language=get_language(),
    )
    for row in rows:
        authority = book.get(row.authority_key)
        prefix = _("Withdrawn: ") if row.withdrawn_on else ""
        atom.add_item(
            title=prefix + texts.printable(texts.pick(row.title)[0]),
            link=settings.SITE_URL + row.get_absolute_url(),
            description=texts.printable(markdown.plain(texts.pick(row.summary)[0])),
            unique_id=f"{settings.SITE_URL}/r/{row.key}",
            pubdate=row.published_at,
            updateddate=row.updated_at,
            author_name=texts.pick(authority.title)[0] if authority else row.authority_key,
            categories=[*row.jurisdictions, *row.topics],
        )
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response
