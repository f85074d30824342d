"""XML into a small tree with line numbers, over expat itself. Pure.

No document type and no entity is ever followed: a DOCTYPE ends the reading before anything in it is looked at, so
neither entity bombs nor external entities begin. docs/decisions/0024-official-texts.md says why it is expat itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from portal.guidance.statutes.source import letters_of_xml
from portal.guidance.statutes.statute import Fault, Unreadable, gettext_noop

DEEPEST = 120
MOST_ELEMENTS = 1_500_000


@dataclass(slots=True)
class Element:
    """`tag` and attribute names are without namespaces; `content` is text and elements in their order."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[str | Element] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, "" without it."""
        return self.attributes.get(name, "")

    def elements(self, *tags: str) -> Iterator[Element]:
        """The elements directly below, of these tags where any are given."""
        for piece in self.content:
            if isinstance(piece, Element) and (not tags or piece.tag in tags):
                yield piece

    def first(self, *tags: str) -> Element | None:
        """The first of `elements`."""
        return next(self.elements(*tags), None)

    def every(self, *tags: str) -> Iterator[Element]:
        """All of these tags at any depth, in the order of the file."""
        stack = [self]
        while stack:
            element = stack.pop()
            if element.tag in tags:
                yield element
            stack += reversed(list(element.elements()))

    def words(self) -> str:
        """All text in it, markup left out."""
        return "".join(piece if isinstance(piece, str) else piece.words() for piece in self.content)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Builder:
    """The handlers of one reading."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.buffer_size = 65_536
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_doctype
        self.parser.ExternalEntityRefHandler = self.refuse_entity
        self.stack: list[Element] = []
        self.root: Element | None = None
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.count += 1
        if len(self.stack) >= DEEPEST:
            raise Unreadable(
                Fault(line, gettext_noop("Elements stand in one another more than %(most)s deep."), {"most": DEEPEST})
            )
        if self.count > MOST_ELEMENTS:
            raise Unreadable(
                Fault(line, gettext_noop("The file has more than %(most)s elements."), {"most": MOST_ELEMENTS})
            )
        element = Element(_local(name), line, {_local(key): value for key, value in attributes.items()})
        if self.stack:
            self.stack[-1].content.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, name: str) -> None:
        self.stack.pop()

    def characters(self, words: str) -> None:
        if self.stack:
            self.stack[-1].content.append(words)

    def refuse_entity(self, *details: object) -> int:
        self.refuse_doctype()
        return 0  # never: the line above raises

    def refuse_doctype(self, *details: object) -> None:
        message = gettext_noop("The file has a document type or entities (DOCTYPE), which are not taken. Remove them.")
        raise Unreadable(Fault(self.parser.CurrentLineNumber, message))


def parse(data: bytes) -> Element:
    """The root element. Unreadable with line and sentence for whatever is not well-formed or not safe."""
    letters_of_xml(data)
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)  # whole: in pieces, old expats take quadratic time over a long token
    except expat.ExpatError as error:
        raise Unreadable(_fault(error, builder)) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise Unreadable(
            Fault(1, gettext_noop("The file says that it is in an encoding that is not known. Save it in UTF-8."))
        ) from error
    assert builder.root is not None  # noqa: S101  (expat refuses a file without an element)
    return builder.root


BROKEN_OFF = {3: "no element", 5: "unclosed token", 6: "partial character", 20: "unclosed CDATA"}


def _fault(error: expat.ExpatError, builder: _Builder) -> Fault:
    if error.code in BROKEN_OFF:
        inside = builder.stack[-1].tag if builder.stack else "?"
        message = gettext_noop("The file breaks off inside the element “%(tag)s”: it is not whole.")
        return Fault(error.lineno, message, {"tag": inside})
    if error.code == 18:  # unknown encoding
        return Fault(1, gettext_noop("The file says that it is in an encoding that is not known. Save it in UTF-8."))
    if error.code == 11:  # undefined entity
        return Fault(
            error.lineno, gettext_noop("An entity stands here that XML does not know. Write the character itself.")
        )
    words = expat.ErrorString(error.code) or str(error.code)
    return Fault(error.lineno, gettext_noop("Not readable as XML: %(problem)s."), {"problem": words})
