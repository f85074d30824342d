"""Citations in templates: the rests-on rail, and Markdown with linked citations."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.core import texts
from portal.core.dates import today
from portal.references import citation, queries, rendering
from portal.references.models import Address

register = template.Library()


@register.filter
def cited_prose(text: object, within: str = "") -> SafeString:
    """A bilingual Markdown text as HTML with citations linked to their pages. One query; views with many texts
    on a page render them together with references.rendering.render_many instead."""
    chosen, code = texts.pick(text)
    return format_html('<div lang="{}">{}</div>', code, rendering.render(chosen, within=within))


@register.inclusion_tag("references/rail.html", takes_context=True)
def rests_on_rail(
    context: dict[str, Any], key: str, version: str | None = None, *, on: dt.date | None = None, source: str = ""
) -> dict[str, Any]:
    """The rail beside a text: what it rests on, what rests on it, each once, and the ready citation. Four queries.

    `on` is the date on which a dated text is shown, and `source` its official citation; where a page has a date bar or
    an instrument, they are taken from there.
    """
    citing = queries.rests_on_this(key)
    rests_on, address = queries.rests_on_and_own(key, version)
    bar, instrument = context.get("bar"), context.get("instrument")
    return {
        "key": key,
        "rests_on": _once(rests_on),
        "citing": _once(citing),
        "citations": len(citing),
        "citation": address
        and citation.words(
            address,
            version=version or "",
            source=source or getattr(instrument, "citation", ""),
            on=on or getattr(bar, "on", None) or today(),
        ),
        "LANGUAGE": context.get("LANGUAGE"),
    }


def _once(lines: list[queries.Cited]) -> list[queries.Cited]:
    """Without the lines that name the same thing again in another role."""
    return list({line.address.key: line for line in reversed(lines)}.values())[::-1]


@register.inclusion_tag("references/links.html")
def linked(keys: list[str]) -> dict[str, Any]:
    """These keys as a list of links with titles."""
    book = queries.addresses(keys)
    return {"addresses": [book[key] for key in keys if key in book]}


@register.filter
def title_of(address: Address) -> str:
    """The title of an address in the reader's language."""
    return texts.pick(address.title)[0]
