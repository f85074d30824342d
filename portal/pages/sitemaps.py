"""The map for search engines: the pages of this app, and every address in the book, in both languages."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from portal.references.models import Address


class Pages(Sitemap[str]):
    """Pages that are always there."""

    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return ["pages:home", "pages:about", "pages:accessibility"]

    def location(self, item: str) -> str:
        return reverse(item)


class Addresses(Sitemap[Address]):
    """Everything that has a key and a page of its own: a part of a page is found through its page."""

    i18n = True
    alternates = True
    limit = 5000

    def items(self) -> QuerySet[Address]:
        return Address.objects.filter(alias_of="", withdrawn_on=None, fragment="").order_by("pk")


SITEMAPS: dict[str, type[Sitemap[Any]]] = {"pages": Pages, "library": Addresses}
