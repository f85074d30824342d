"""Citations as links, with the title of what is cited, whatever the number of citations: one query a text."""

import re
from collections.abc import Iterable
from itertools import zip_longest

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from portal.core import markdown, texts
from portal.references.models import Address
from portal.references.queries import addresses


def linker(book: dict[str, Address], within: str = "") -> markdown.Cite:
    """A `cite` for core.markdown.render that knows these addresses; an unknown key shows its words without a link.

    `within` is the key of the law on whose own pages the text stands: its provisions need no name of the law there.
    """

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
                words or name_of(entry, within),
            )
        )

    return cite


def name_of(entry: Address, within: str = "") -> str:
    """What stands in running text for a citation without words, in the reader's language."""
    short = texts.pick(entry.short)[0]
    if short and (entry.kind != "provision" or (within and entry.key.startswith(f"{within}/"))):
        return short
    return short_name(entry.kind, texts.pick(entry.title)[0])


def short_name(kind: str, title: str) -> str:
    """What stands in running text for a citation without words: a provision without its heading, an entry's code."""
    if kind == "provision":
        return re.split(r": |：", title, maxsplit=1)[0]
    return title.partition(" ")[0] if kind == "entry" else title


Note = tuple[int, Address, str]
"""The number of a foot note, what is cited, the fragment with its # or ""."""


class Notes:
    """The citations of the texts on a page, numbered as they are first met: the foot notes of the printed page."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self.listed: list[Note] = []

    def number(self, entry: Address, fragment: str = "") -> int:
        """The number of a citation: a new one, or that of the same citation before."""
        known = self._numbers.get((entry.key, fragment))
        if known is not None:
            return known
        number = self._numbers[(entry.key, fragment)] = len(self._numbers) + 1
        self.listed.append((number, entry, fragment))
        return number


def _noting(book: dict[str, Address], notes: Notes, within: str) -> markdown.Cite:
    """As `linker`, with the number of the foot note behind each link; only a printed page shows it."""
    link = linker(book, within)

    def cite(key: str, fragment: str, words: str) -> str:
        shown = link(key, fragment, words)
        if key not in book:
            return shown
        return shown + str(format_html('<sup class="note-number">{}</sup>', notes.number(book[key], fragment)))

    return cite


def render(source: str, *, anchors: str = "", notes: Notes | None = None, within: str = "") -> SafeString:
    """HTML of one Markdown text with its citations linked."""
    return render_many([source], anchors=[anchors], notes=notes, within=within)[0]


def render_many(
    sources: Iterable[str], *, anchors: Iterable[str] = (), notes: Notes | None = None, within: str = ""
) -> list[SafeString]:
    """HTML of several Markdown texts with their citations linked, in one query for all of them.

    `anchors` gives each text the beginning of its blocks' ids (`p`, `art-12-p`), so that no two on a page are alike;
    `notes` collects the citations for the list that `references/notes.html` prints; `within` as for `linker`.
    """
    listed = list(sources)
    book = addresses({key for source in listed for key, _line in markdown.citations(source)})
    cite = linker(book, within) if notes is None else _noting(book, notes, within)
    pairs = zip_longest(listed, anchors, fillvalue="")
    return [markdown.render(source, cite=cite, anchors=anchor) for source, anchor in pairs]


def plain_many(sources: Iterable[str]) -> list[str]:
    """The words alone of several Markdown texts; a citation without words shows its title. One query."""
    listed = list(sources)
    cite = linker(addresses({key for source in listed for key, _line in markdown.citations(source)}))
    return [markdown.plain(source, cite=cite) for source in listed]


def plain_words(text: object) -> dict[str, str]:
    """A bilingual Markdown text as plain words, each language with the titles in that language."""
    found = {}
    for code, words in texts.as_dict(text).items():
        with override(code):
            found[code] = plain(words)
    return found


def plain(source: str) -> str:
    """The words alone of one Markdown text."""
    return plain_many([source])[0]
