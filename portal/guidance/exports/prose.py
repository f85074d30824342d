"""What the PDFs of guidance share: texts as blocks whose citations are foot notes, and where they come from."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from portal.core import blocks, markdown, texts
from portal.references import citation
from portal.references.models import Address
from portal.references.queries import addresses
from portal.references.rendering import name_of


class Prose:
    """Sets the Markdown texts of one document; a citation is a foot note once, and the same note is named later."""

    def __init__(self, sources: Iterable[str], on: dt.date) -> None:
        self._book = addresses({key for source in sources for key, _line in markdown.citations(source)})
        self._numbers: dict[tuple[str, str], int] = {}
        self._on = on

    def set(self, source: str) -> list[blocks.Block]:
        """The blocks of one of the texts."""
        return blocks.blocks(source, cite=self._cite)

    def _cite(self, key: str, fragment: str, words: str) -> blocks.Inline:
        entry = self._book.get(key)
        if entry is None:
            return {"t": "text", "s": words or key}
        shown = words or name_of(entry)
        known = self._numbers.get((key, fragment))
        if known is not None:
            return {"t": "cite", "s": shown, "number": known}
        number = self._numbers[(key, fragment)] = len(self._numbers) + 1
        return {"t": "cite", "s": shown, "number": number, "note": self._note(entry, fragment)}

    def _note(self, entry: Address, fragment: str) -> dict[str, str]:
        return {"title": texts.pick(entry.title)[0], "address": citation.permanent(entry, self._on) + fragment}


def date(day: dt.date | None) -> str:
    """A date in the reader's words; nothing for none."""
    return formats.date_format(day, "DATE_FORMAT") if day else ""


def sources(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The sources of a page: words and, where there is one, the address."""
    found = []
    for row in rows:
        named = [texts.pick(row["title"])[0], row.get("publisher") or "", row.get("date") or ""]
        found.append({"words": ", ".join(words for words in named if words), "url": row.get("url") or ""})
    return found


def facts(rows: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The rows of the table under the title that say something."""
    return [[label, words] for label, words in rows if words]


def labels() -> dict[str, str]:
    """The words of the template itself."""
    return {
        "contents": _("Contents"),
        "sources": _("Sources"),
        "to_check": _("To be checked"),
        "ours": _("Our summary in our own words; the official text decides."),
        "made": _("Made on %(day)s from %(address)s"),
        "check_mark": _("To be checked against the official text"),
    }
