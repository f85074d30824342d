"""Markdown to sanitised HTML: the only place that turns words of ours or of anybody into markup.

`[[key]]` and `[[key|words]]` become links through the caller's `cite`; `references.rendering` gives the usual one.
"""

import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from unicodedata import east_asian_width

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.footnote import footnote_plugin

CITATION = re.compile(r"\[\[([a-z0-9][a-z0-9./-]*)(#[a-z0-9-]+)?(?:\|([^\[\]]+))?\]\]")
TAGS = nh3.ALLOWED_TAGS | {"section"}
ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "a": {"href", "title", "class", "id", "data-key", "hreflang"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
    "li": {"id", "class"},
    "sup": {"class"},
    "section": {"class"},
    "hr": {"class"},
    "th": {"align", "scope"},
}
TAG = re.compile(r"<[^>]+>")

Cite = Callable[[str, str, str], str]
"""(key, fragment with its # or "", words or "") -> HTML of a link."""


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"key": match[1], "fragment": match[2] or "", "words": match[3] or ""}
    state.pos = match.end()
    return True


def _render_citation(renderer: RendererHTML, tokens: list, index: int, options: dict, env: dict) -> str:  # type: ignore[type-arg]
    meta = tokens[index].meta
    return str(env["cite"](meta["key"], meta["fragment"], meta["words"]))


def anchor(heading: str) -> str:
    """The id of a heading; Chinese characters are kept."""
    return slugify(heading, allow_unicode=True)


def _render_softbreak(renderer: RendererHTML, tokens: list, index: int, options: dict, env: dict) -> str:  # type: ignore[type-arg]
    """A line break in the source is a space, except between Chinese characters, where it is nothing."""
    before, after = tokens[index - 1].content[-1:], (tokens[index + 1].content[:1] if index + 1 < len(tokens) else "")
    return "" if _wide(before) and _wide(after) else "\n"


def _wide(character: str) -> bool:
    return bool(character) and east_asian_width(character) in "WF"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").enable("strikethrough")
    parser.use(footnote_plugin).use(anchors_plugin, min_level=2, max_level=4, slug_func=anchor)
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("softbreak", _render_softbreak)
    return parser


PARSER = _parser()


def plain_citation(key: str, fragment: str, words: str) -> str:
    """The words of a citation without a link."""
    return escape(words or key)


def render(source: str, *, cite: Cite = plain_citation) -> SafeString:
    """Sanitised HTML of a Markdown text."""
    html = PARSER.render(source, {"cite": cite})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="noopener noreferrer"))


def plain(source: str) -> str:
    """The words alone, for indexes, mails and descriptions: no markup, no entities, single spaces."""
    return " ".join(unescape(TAG.sub(" ", PARSER.render(source, {"cite": plain_citation}))).split())


def paragraphs(source: str, *, cite: Cite = plain_citation) -> list[str]:
    """The words alone, a line for each paragraph, heading, item of a list, row of a table; for comparing two texts.

    An item begins with its bullet or number, the cells of a row stand between bars. `cite` gives words, or HTML of
    which the words are taken.
    """
    walk = _Walk(cite)
    for token in PARSER.parse(source):
        walk.step(token)
    return walk.found


class _Walk:
    """The tokens of a text one by one, gathered into lines of words."""

    def __init__(self, cite: Cite) -> None:
        self.found: list[str] = []
        self.cite = cite
        self.lists: list[int] = []  # for each open list the number of its next item, 0 for bullets
        self.mark = ""
        self.cells: list[str] | None = None  # of the row of a table in which we are

    def step(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self.lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else 0)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.lists.pop()
        elif token.type == "list_item_open":
            self.mark = f"{self.lists[-1]}. " if self.lists[-1] else "• "
            self.lists[-1] += 1 if self.lists[-1] else 0
        elif token.type in {"tr_open", "tr_close"}:
            self.found += [" | ".join(self.cells)] if self.cells else []
            self.cells = [] if token.nesting == 1 else None
        elif token.type in {"fence", "code_block"}:
            self.found += token.content.rstrip("\n").split("\n")
        elif token.type == "inline":
            self.take(_inline_words(token.children or [], self.cite))

    def take(self, words: str) -> None:
        if self.cells is not None:
            self.cells.append(words)
        elif words:
            self.found.append(self.mark + words)
            self.mark = ""


def _inline_words(tokens: list[Token], cite: Cite) -> str:
    """The words of a paragraph on one line."""
    words = ""
    for index, token in enumerate(tokens):
        if token.type == "citation":
            words += unescape(TAG.sub("", cite(token.meta["key"], token.meta["fragment"], token.meta["words"])))
        elif token.type == "softbreak":
            after = tokens[index + 1].content[:1] if index + 1 < len(tokens) else ""
            words += "" if _wide(words[-1:]) and _wide(after) else " "
        elif token.type == "hardbreak":
            words += " "
        else:
            words += token.content
    return " ".join(words.split())


def citations(source: str) -> list[tuple[str, int]]:
    """The keys that a text cites, each with its line (from 1), in order; fragments left off."""
    return [(match[1], source.count("\n", 0, match.start()) + 1) for match in CITATION.finditer(source)]


def headings(source: str) -> list[tuple[int, str, str]]:
    """(level, id, words) of the headings from ## on, in order, for a table of contents."""
    found: list[tuple[int, str, str]] = []
    tokens = PARSER.parse(source)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag in {"h2", "h3"}:
            found.append((int(opening.tag[1]), str(opening.attrGet("id") or ""), plain(inline.content)))
    return found
