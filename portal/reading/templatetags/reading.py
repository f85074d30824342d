"""What a signed-in reader has beside a text. The layout of articles asks for it; pages only name their key.

{% block key %}{{ guideline.key }} {{ edition.number }}{% endblock %}
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import NodeList, Parser, Token

from portal.reading import presenting

register = template.Library()


class ReadingTools(template.Node):
    """Reads the key (and the version shown) that the page's block gives, and sets `beside` and `reading_key`."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        key, _space, version = " ".join(self.nodelist.render(context).split()).partition(" ")
        request: HttpRequest | None = context.get("request")
        context["reading_key"] = key
        context["beside"] = presenting.beside(request, key, version) if key and request is not None else None
        return ""


@register.tag
def reading_tools(parser: Parser, token: Token) -> template.Node:
    """`{% reading_tools %}key version{% endreading_tools %}`: nothing for visitors, not even a query."""
    nodelist = parser.parse(("endreading_tools",))
    parser.delete_first_token()
    return ReadingTools(nodelist)


@register.simple_tag
def version_in_words(kind: str, version: str) -> Any:
    """`edition 2`, `the text of 1 December 2024`, or nothing."""
    return presenting.version_words(kind, version)
