"""Template words that every page may use."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import markdown, texts

register = template.Library()


def _in_language(html: SafeString | str, code: str, tag: str) -> SafeString:
    """Wrap words in another language than the page's, so that eye and screen reader can tell."""
    if code == get_language():
        return format_html("{}", html)
    note = _("In English") if code == "en" else _("In Chinese")
    return format_html('<{} lang="{}" class="other-language" title="{}">{}</{}>', tag, code, note, html, tag)


@register.filter
def words(text: object) -> SafeString:
    """A bilingual text in the reader's language; marked when only the other language has it."""
    chosen, code = texts.pick(text)
    return _in_language(chosen, code, "span")


@register.filter
def bare(text: object) -> str:
    """As `words`, without markup: for titles, attributes and options."""
    return texts.pick(text)[0]


@register.filter
def prose(text: object) -> SafeString:
    """A bilingual Markdown text as HTML, with citations linked."""
    chosen, code = texts.pick(text)
    return _in_language(markdown.render(chosen, cite=_cite), code, "div")


def _cite(key: str, fragment: str, shown: str) -> str:
    address = reverse("references:resolve", kwargs={"key": key}) + fragment  # in the reader's language
    return str(format_html('<a class="citation" href="{}" data-key="{}">{}</a>', address, key, shown or key))


@register.filter
def day(value: dt.date | dt.datetime | None) -> SafeString:
    """A date in the reader's words, in a <time> element."""
    if value is None:
        return mark_safe("")
    shown = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', shown.isoformat(), formats.date_format(shown, "DATE_FORMAT"))


@register.filter
def moment(value: dt.datetime | None) -> SafeString:
    """A point in time in the reader's zone, in a <time> element."""
    if value is None:
        return mark_safe("")
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), formats.date_format(local, "DATETIME_FORMAT")
    )


@register.simple_tag
def state(word: str, kind: str = "neutral") -> SafeString:
    """A state as a word and a shape. `kind`: good, pending, attention, over or neutral."""
    return format_html('<span class="state state-{}">{}</span>', kind, word)


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """This page's query string with some values changed; None or "" removes one. `page` starts anew unless given."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return "?" + urlencode([(name, item) for name, values in query.lists() for item in values])


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The page numbers to show around this page; None stands for those left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
