"""Citations as links, with the title of what is cited, whatever the number of citations: one query a text."""

import re
from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.core import markdown, texts
from portal.references.models import Address
from portal.references.queries import addresses


def linker(book: dict[str, Address]) -> markdown.Cite:
    """A `cite` for core.markdown.render that knows these addresses; an unknown key shows its words without a link."""

    def cite(key: str, fragment: str, words: str) -> str:
        entry = book.get(key)
        if entry is None:
            return str(format_html('<span class="citation citation-dead">{}</span>', words or key))
        title, _language = texts.pick(entry.title)
        return str(
            format_html(
                '<a class="citation" href="{}{}" data-key="{}" title="{}">{}</a>',
                entry.get_absolute_url(),
                fragment,
                key,
                title,
                words or texts.pick(entry.short)[0] or short_name(entry.kind, title),
            )
        )

    return cite


def short_name(kind: str, title: str) -> str:
    """What stands in running text for a citation without words: a provision without its heading, an entry's code."""
    if kind == "provision":
        return re.split(r": |：", title, maxsplit=1)[0]
    return title.partition(" ")[0] if kind == "entry" else title


def render(source: str) -> SafeString:
    """HTML of one Markdown text with its citations linked."""
    return render_many([source])[0]


def render_many(sources: Iterable[str]) -> list[SafeString]:
    """HTML of several Markdown texts with their citations linked, in one query for all of them."""
    listed = list(sources)
    keys = {key for source in listed for key, _line in markdown.citations(source)}
    cite = linker(addresses(keys))
    return [markdown.render(source, cite=cite) for source in listed]
