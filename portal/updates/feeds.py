"""Atom feeds of what changed: all, by jurisdiction, by topic, by kind; each in both languages."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.core import texts
from portal.updates import queries
from portal.updates.models import ChangeEvent

NEWEST = 50


class Changes(Feed[ChangeEvent, tuple[str, str, str]]):
    """What changed; `facet` and `value` narrow it."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, facet: str = "", value: str = "") -> tuple[str, str, str]:
        """(facet, value, words), after checking that such a value exists."""
        if not facet:
            return "", "", ""
        words = queries.words()
        known = dict(words.choices(facet))
        if value not in known:
            raise Http404
        return facet, value, known[value]

    def title(self, obj: tuple[str, str, str]) -> str:
        name = settings.SITE_NAME
        if obj[0]:
            return _("%(site)s: changes, %(what)s") % {"site": name, "what": obj[2]}
        return _("%(site)s: changes") % {"site": name}

    def subtitle(self, obj: tuple[str, str, str]) -> str:
        return _("New, changed and withdrawn: rules, guidelines, cases and notices on export control.")

    def link(self, obj: tuple[str, str, str]) -> str:
        query = f"?{obj[0]}={obj[1]}" if obj[0] else ""
        return settings.SITE_URL + reverse("updates:changes") + query

    def feed_url(self, obj: tuple[str, str, str]) -> str:
        return settings.SITE_URL + (
            reverse(f"updates:{obj[0]}_feed", kwargs={"value": obj[1]}) if obj[0] else reverse("updates:all_feed")
        )

    def feed_guid(self, obj: tuple[str, str, str]) -> str:
        return self.feed_url(obj)

    def items(self, obj: tuple[str, str, str]) -> QuerySet[ChangeEvent]:
        return queries.changes(**({obj[0]: obj[1]} if obj[0] else {}))[:NEWEST]

    def item_title(self, item: ChangeEvent) -> str:
        return f"{item.get_what_display()}: {texts.printable(texts.pick(item.title)[0])}"

    def item_description(self, item: ChangeEvent) -> str:
        return texts.printable(texts.pick(item.summary)[0])

    def item_link(self, item: ChangeEvent) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item: ChangeEvent) -> str:
        """The same in both languages and for ever (RFC 4151)."""
        return f"tag:{settings.SITE_HOST},{item.created_at:%Y-%m-%d}:changes/{item.pk}"

    def item_pubdate(self, item: ChangeEvent) -> datetime:
        return item.created_at

    def item_updateddate(self, item: ChangeEvent) -> datetime:
        return item.created_at

    def item_categories(self, item: ChangeEvent) -> list[str]:
        return [item.kind, *item.jurisdictions, *item.topics]
