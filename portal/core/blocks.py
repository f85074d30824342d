"""Markdown as a tree of plain data, for pages that are not HTML: the words stay data and never become markup.

A block is `{t: heading | paragraph | list | quote | table | code | rule, …}`, a piece of running text
`{t: text | strong | em | strike | code | link | break | cite | note, …}`; templates/pdf/prose.typ sets them.
"""

from collections.abc import Callable
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from portal.core import markdown

Block = dict[str, Any]
Inline = dict[str, Any]
Cite = Callable[[str, str, str], Inline]
"""(key, fragment with its # or "", words or "") -> a piece of running text."""


def plain_citation(key: str, fragment: str, words: str) -> Inline:
    """The words of a citation without a note."""
    return {"t": "text", "s": words or key}


def blocks(source: str, *, cite: Cite = plain_citation) -> list[Block]:
    """The blocks of a Markdown text."""
    root = SyntaxTreeNode(markdown.PARSER.parse(source))
    return _Reader(cite, _notes(root)).blocks(root.children)


def _notes(root: SyntaxTreeNode) -> dict[int, list[SyntaxTreeNode]]:
    """The author's own foot notes by their number."""
    found = (node for block in root.children if block.type == "footnote_block" for node in block.children)
    return {node.meta["id"]: node.children for node in found}


class _Reader:
    """Reads the nodes of one text; a kind of node that it does not know is left out."""

    def __init__(self, cite: Cite, notes: dict[int, list[SyntaxTreeNode]]) -> None:
        self.cite, self.notes = cite, notes

    def blocks(self, nodes: list[SyntaxTreeNode]) -> list[Block]:
        return [BLOCKS[node.type](self, node) for node in nodes if node.type in BLOCKS]

    def inlines(self, node: SyntaxTreeNode) -> list[Inline]:
        found: list[Inline] = []
        for child in node.children:
            if child.type == "inline":
                found += self.inlines(child)
            elif child.type in INLINES:
                found.append(INLINES[child.type](self, child))
        return found

    def heading(self, node: SyntaxTreeNode) -> Block:
        return {"t": "heading", "level": int(node.tag[1]), "c": self.inlines(node)}

    def list(self, node: SyntaxTreeNode) -> Block:
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
        return {"t": "list", "first": first, "items": [self.blocks(item.children) for item in node.children]}

    def table(self, node: SyntaxTreeNode) -> Block:
        rows = [row for part in node.children for row in part.children]
        cells = [[self.inlines(cell) for cell in row.children] for row in rows]
        return {"t": "table", "head": cells[0], "rows": cells[1:]}

    def footnote(self, node: SyntaxTreeNode) -> Inline:
        """The author's own note, where it is called."""
        return {"t": "note", "c": self.blocks(self.notes.get(node.meta["id"], []))}


BLOCKS: dict[str, Callable[[_Reader, SyntaxTreeNode], Block]] = {
    "heading": _Reader.heading,
    "paragraph": lambda reader, node: {"t": "paragraph", "c": reader.inlines(node)},
    "bullet_list": _Reader.list,
    "ordered_list": _Reader.list,
    "blockquote": lambda reader, node: {"t": "quote", "c": reader.blocks(node.children)},
    "table": _Reader.table,
    "fence": lambda reader, node: {"t": "code", "s": node.content.rstrip("\n")},
    "code_block": lambda reader, node: {"t": "code", "s": node.content.rstrip("\n")},
    "hr": lambda reader, node: {"t": "rule"},
}
INLINES: dict[str, Callable[[_Reader, SyntaxTreeNode], Inline]] = {
    "text": lambda reader, node: {"t": "text", "s": node.content},
    "image": lambda reader, node: {"t": "text", "s": node.content},
    "softbreak": lambda reader, node: {"t": "text", "s": "" if markdown.between_wide(node) else " "},
    "hardbreak": lambda reader, node: {"t": "break"},
    "code_inline": lambda reader, node: {"t": "code", "s": node.content},
    "strong": lambda reader, node: {"t": "strong", "c": reader.inlines(node)},
    "em": lambda reader, node: {"t": "em", "c": reader.inlines(node)},
    "s": lambda reader, node: {"t": "strike", "c": reader.inlines(node)},
    "link": lambda reader, node: {"t": "link", "href": str(node.attrs["href"]), "c": reader.inlines(node)},
    "citation": lambda reader, node: reader.cite(node.meta["key"], node.meta["fragment"], node.meta["words"]),
    "footnote_ref": _Reader.footnote,
}
