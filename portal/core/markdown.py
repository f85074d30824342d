"""Markdown to sanitised HTML: the only place that turns words of ours or of anybody into markup.

`[[key]]` and `[[key|words]]` become links through the caller's `cite`; `references.rendering` gives the usual one.
A text that people point into is rendered with `anchors`: each of its blocks then has an id, counted from the top, and a
quiet link to itself. Published words never change, so the count is as permanent as the edition or the dated text.
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
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.footnote import footnote_plugin

CITATION = re.compile(r"\[\[([a-z0-9][a-z0-9./-]*)(#[a-z0-9-]+)?(?:\|([^\[\]]+))?\]\]")
TAGS = nh3.ALLOWED_TAGS | {"section"}
ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "a": {"href", "title", "class", "id", "data-key", "hreflang", "tabindex", "aria-hidden"},
    **{tag: {"id"} for tag in ("p", "table", "pre")},
    **{f"h{level}": {"id"} for level in range(1, 7)},
    "li": {"id", "class"},
    "sup": {"class"},
    "section": {"class"},
    "hr": {"class"},
    "th": {"align", "scope"},
}
BLOCKS = {"paragraph_open", "list_item_open", "table_open", "fence", "code_block"}
TAG = re.compile(r"<[^>]+>")
INLINE = re.compile(r"</?(?:a|code|del|em|s|span|strong|sup)\b[^>]*>")

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


def between_wide(node: SyntaxTreeNode) -> bool:
    """Whether a line break of the source stands between Chinese characters."""
    before, after = node.previous_sibling, node.next_sibling
    return before is not None and after is not None and _wide(before.content[-1:]) and _wide(after.content[:1])


def _wide(character: str) -> bool:
    return bool(character) and east_asian_width(character) in "WF"


def _render_block_link(renderer: RendererHTML, tokens: list, index: int, options: dict, env: dict) -> str:  # type: ignore[type-arg]
    """Only for the mouse as it stands; static/js/paragraphs.js lets the keyboard in, one stop for the whole text."""
    return f' <a class="block-link" href="#{escape(tokens[index].content)}" tabindex="-1" aria-hidden="true">¶</a>'


def _render_fence(renderer: RendererHTML, tokens: list, index: int, options: dict, env: dict) -> str:  # type: ignore[type-arg]
    token = tokens[index]
    mark = f' id="{escape(token.attrGet("id"))}"' if token.attrGet("id") else ""
    return f"<pre{mark}><code>{escape(token.content)}</code></pre>\n"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").enable("strikethrough")
    parser.use(footnote_plugin).use(anchors_plugin, min_level=2, max_level=4, slug_func=anchor)
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("softbreak", _render_softbreak)
    parser.add_render_rule("block_link", _render_block_link)
    parser.add_render_rule("fence", _render_fence)
    parser.add_render_rule("code_block", _render_fence)
    return parser


PARSER = _parser()


def plain_citation(key: str, fragment: str, words: str) -> str:
    """The words of a citation without a link."""
    return escape(words or key)


def blocks(source: str, anchors: str = "p") -> list[Token]:
    """The tokens of a text; those that open a block that people may point at have the id `<anchors>-<number>`.

    Counted are paragraphs, list items (their paragraphs are not counted again), tables and code; headings go by their
    slugs, foot notes by their numbers.
    """
    tokens, number, items, notes = PARSER.parse(source), 0, 0, 0
    for token in tokens:
        notes += {"footnote_block_open": 1, "footnote_block_close": -1}.get(token.type, 0)
        if token.type in BLOCKS and not notes and not (token.type == "paragraph_open" and items):
            number += 1
            token.attrSet("id", f"{anchors}-{number}")
        items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
    return tokens


def _with_links(tokens: list[Token]) -> list[Token]:
    """A link to itself at the end of the first words of each block that has an id."""
    waiting = ""
    for token in tokens:
        if token.type in BLOCKS or token.type == "heading_open":
            waiting = str(token.attrGet("id") or "") or waiting
        elif token.type == "inline" and waiting:
            token.children = [*(token.children or []), Token("block_link", "a", 0, content=waiting)]
            waiting = ""
        elif token.nesting == -1 and token.type != "paragraph_close":
            waiting = ""
    return tokens


def render(source: str, *, cite: Cite = plain_citation, anchors: str = "") -> SafeString:
    """Sanitised HTML of a Markdown text; with `anchors`, such as `p`, its blocks have ids from `p-1` on and links."""
    tokens = _with_links(blocks(source, anchors)) if anchors else PARSER.parse(source)
    html = PARSER.renderer.render(tokens, PARSER.options, {"cite": cite})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="noopener noreferrer"))


def plain(source: str, *, cite: Cite = plain_citation) -> str:
    """The words alone, for indexes, mails and descriptions: no markup, no entities, single spaces.

    A citation without words of its own shows its key; `references.rendering.plain` shows its title.
    """
    return " ".join(unescape(TAG.sub(" ", INLINE.sub("", PARSER.render(source, {"cite": cite})))).split())


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


def sections(source: str) -> list[tuple[str, str, str]]:
    """(id, heading, Markdown below it) of the parts between headings of the second level; what stands before the first
    one has neither id nor heading."""
    lines = source.split("\n")
    starts = [
        (opening.map, str(opening.attrGet("id") or ""), plain(inline.content))
        for opening, inline in pairwise(PARSER.parse(source))
        if opening.type == "heading_open" and opening.tag == "h2" and opening.level == 0 and opening.map
    ]
    bounds = [*(span[0] for span, _slug, _words in starts), len(lines)]
    found = [("", "", "\n".join(lines[: bounds[0]]))]
    for (span, slug, words), end in zip(starts, bounds[1:], strict=True):
        found.append((slug, words, "\n".join(lines[span[1] : end])))
    return found


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
