"""A search as an Atom feed: what was found here last comes first."""

import datetime as dt

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import texts
from portal.search import queries
from portal.search.queries import Hit
from portal.search.requests import Query


class Found(Feed[Hit, Query]):
    """The newest answers to a question, for anybody. A question without words or filters has none."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest) -> Query:
        return Query.read(request.GET.getlist)

    def title(self, obj: Query) -> str:
        return _("%(site)s: search for “%(words)s”") % {
            "site": settings.SITE_NAME,
            "words": texts.printable(_words(obj)),
        }

    def subtitle(self, obj: Query) -> str:
        return _("What was found last comes first.")

    def link(self, obj: Query) -> str:
        return f"{settings.SITE_URL}{reverse('search:search')}{obj.href}"

    def feed_url(self, obj: Query) -> str:
        return f"{settings.SITE_URL}{reverse('search:feed')}{obj.href}"

    def feed_guid(self, obj: Query) -> str:
        return self.feed_url(obj)

    def items(self, obj: Query) -> list[Hit]:
        return queries.newest(obj, language=get_language() or "en")

    def item_title(self, item: Hit) -> str:
        return texts.printable(item.entry.title)

    def item_description(self, item: Hit) -> str:
        return texts.printable("".join(words for words, _marked in item.passage))

    def item_link(self, item: Hit) -> str:
        return settings.SITE_URL + item.url

    def item_guid(self, item: Hit) -> str:
        """The same in both languages and in every search (RFC 4151)."""
        part = f"#{item.entry.part}" if item.entry.part else ""
        return f"tag:{settings.SITE_HOST},2026:{item.entry.key}{part}"

    def item_pubdate(self, item: Hit) -> dt.datetime:
        return item.entry.since

    def item_updateddate(self, item: Hit) -> dt.datetime:
        return item.entry.since

    def item_categories(self, item: Hit) -> list[str]:
        return [item.entry.kind, *(place.partition("/")[2] for place in item.places)]


def _words(query: Query) -> str:
    """What was typed; else the filters as they stand in the address."""
    return query.typed or ", ".join(value for _facet, value in query.filters.parameters())
