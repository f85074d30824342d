"""Elements with running text into paragraphs of Markdown. Pure.

What is inside a line is named by each format; every other element begins a paragraph, so that a tag that nobody
foresaw loses no words and glues none together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from portal.guidance.statutes import plain
from portal.guidance.statutes.xml import Element

Tags = frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the tags of a format mean for its running text.

    `leads` are numbers that run into the paragraph after them, as (a) does; `row` and `cell` make tables;
    `instead` gives the words of a tag that stand in its place (None: as inline).
    """

    inline: Tags
    leads: Tags = frozenset()
    dropped: Tags = frozenset()
    rows: Tags = frozenset({"TR", "tr"})
    cells: Tags = frozenset({"TD", "TH", "td", "th"})
    notes: Tags = frozenset()
    raised: Tags = frozenset({"SU", "SUP", "sup"})
    lowered: Tags = frozenset({"SUB", "sub"})
    breaks: Tags = frozenset({"br", "BR"})
    instead: Callable[[Element], str | None] = lambda element: None


@dataclass(slots=True)
class _Reader:
    grammar: Grammar
    lines: list[str] = field(default_factory=list)
    lead: str = ""
    run: str = ""
    footnotes: list[Element] = field(default_factory=list)

    def read(self, element: Element) -> None:
        """All paragraphs of an element."""
        grammar = self.grammar
        for piece in element.content:
            if isinstance(piece, str):
                self.run += piece
            elif piece.tag in grammar.dropped:
                continue
            elif piece.tag in grammar.leads:
                self.flush()
                self.lead = f"{self.lead} {plain.one_line(piece.words())}".strip()
            elif piece.tag in grammar.rows:
                self.flush()
                self.lines.append(plain.row(self.cell(cell) for cell in piece.elements(*grammar.cells)))
            elif self.is_inline(piece):
                self.inline(piece)
            else:
                self.flush()
                self.read(piece)
                self.flush()

    def is_inline(self, element: Element) -> bool:
        grammar = self.grammar
        return (
            element.tag in grammar.inline | grammar.raised | grammar.lowered | grammar.breaks | grammar.notes
            or grammar.instead(element) is not None
        )

    def inline(self, element: Element) -> None:
        grammar = self.grammar
        instead = grammar.instead(element)
        if instead is not None:
            self.run += instead
        elif element.tag in grammar.breaks:
            self.flush()
        elif element.tag in grammar.notes:
            self.footnotes.append(element)
            self.run += plain.raised(str(len(self.footnotes)))
        elif element.tag in grammar.raised:
            self.run += plain.raised(element.words())
        elif element.tag in grammar.lowered:
            self.run += plain.lowered(element.words())
        else:
            self.read(element)  # a block in it still begins a paragraph

    def cell(self, element: Element) -> str:
        below = _Reader(self.grammar)
        below.read(element)
        below.finish()
        return " ".join(line for line in below.lines if line)

    def flush(self) -> None:
        """End the paragraph in hand, its number before it."""
        words = plain.one_line(self.run)
        self.run = ""
        if words:
            self.lines.append(plain.literal(f"{self.lead} {words}" if self.lead else words))
            self.lead = ""

    def finish(self) -> None:
        self.flush()
        if self.lead:
            self.lines.append(plain.literal(self.lead))
            self.lead = ""
        notes, self.footnotes = self.footnotes, []
        for number, note in enumerate(notes, 1):
            below = _Reader(self.grammar, lead=plain.raised(str(number)))
            below.read(note)
            below.finish()
            self.lines += below.lines


def markdown(elements: Iterator[Element] | list[Element], grammar: Grammar) -> str:
    """The paragraphs of these elements, one after the other."""
    reader = _Reader(grammar)
    for element in elements:
        reader.read(Element("", element.line, content=[element]))
    reader.finish()
    return plain.paragraphs(reader.lines)


def words(element: Element | None, grammar: Grammar) -> str:
    """The plain words of a heading: one line, no Markdown, footnotes left out."""
    if element is None:
        return ""
    return plain.one_line(_flat(element, grammar))


def _flat(element: Element, grammar: Grammar) -> str:
    found = ""
    for piece in element.content:
        if isinstance(piece, str):
            found += piece
        elif piece.tag in grammar.dropped | grammar.notes:
            continue
        elif (instead := grammar.instead(piece)) is not None:
            found += instead
        elif piece.tag in grammar.raised:
            found += plain.raised(piece.words())
        elif piece.tag in grammar.lowered:
            found += plain.lowered(piece.words())
        else:
            inside = _flat(piece, grammar)
            found += inside if piece.tag in grammar.inline else f" {inside} "
    return found
