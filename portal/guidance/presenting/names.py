"""Citations in plain words."""

from collections.abc import Iterable

from django.utils.html import escape

from portal.core import markdown
from portal.core.texts import pick
from portal.guidance import queries
from portal.references.queries import addresses
from portal.references.rendering import short_name


def names(language: str) -> queries.Name:
    """How citations are written in plain words: as on the page, in one query for all of them."""

    def name(keys: Iterable[str]) -> markdown.Cite:
        book = addresses(keys)

        def cite(key: str, fragment: str, words: str) -> str:
            entry = book.get(key)
            if words or entry is None:
                return escape(words or key)
            short = pick(entry.short, language)[0]
            return escape(short or short_name(entry.kind, pick(entry.title, language)[0]))

        return cite

    return name
