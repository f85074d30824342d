"""eCFR XML: parts of the US Code of Federal Regulations, as ecfr.gov and govinfo.gov give them. Pure.

Labels: `part-744`, `744-subpart-a`, `744.21`, `744-supp-1`, `744-app-a`. What stands above a part (title, chapter,
subchapter) is where the file was cut, not a provision of ours.
"""

import re
from collections.abc import Iterator

from portal.guidance.statutes import blocks, plain
from portal.guidance.statutes.blocks import Grammar
from portal.guidance.statutes.statute import Fault, Node, Statute, Unreadable, gettext_noop
from portal.guidance.statutes.xml import Element


def _typeface(element: Element) -> str | None:
    """`E T="51"` and "52" are exponents and indices; the other faces change nothing in the words."""
    if element.tag == "E" and element.get("T") in {"51", "7462"}:
        return plain.raised(element.words())
    if element.tag == "E" and element.get("T") in {"52", "54", "7452"}:
        return plain.lowered(element.words())
    if element.tag in {"img", "IMG", "GRAPHIC"}:
        return f"({element.get('src').rpartition('/')[2] or 'image'})"
    return None


GRAMMAR = Grammar(
    inline=frozenset(
        {"I", "E", "B", "AC", "a", "A", "span", "em", "strong", "FR", "XREF", "u", "U", "small", "i", "b"}
    ),
    leads=frozenset({"HED"}),
    dropped=frozenset({"HEAD", "STARS"}),
    rows=frozenset({"TR", "tr", "ROW", "BOXHD"}),
    cells=frozenset({"TD", "TH", "td", "th", "ENT", "CHED"}),
    instead=_typeface,
)
DIVISION = re.compile(r"^DIV([1-9])$")
ABOVE = {"TITLE", "SUBTITLE", "CHAPTER", "SUBCHAP"}
NUMBER = re.compile(r"\d+[a-z]?(?:\.\d+[a-z]?(?:-\d+[a-z]?)*)?", re.IGNORECASE)
SUPPLEMENT = re.compile(
    r"(?P<kind>Supplement|Appendix|Annex)\s+(?:No\.?\s*)?(?P<number>[0-9]+|[IVXLC]+|[A-Z]{1,2})?\b", re.IGNORECASE
)
RESERVED = re.compile(r"\[\s*(?:Reserved|Removed)[^\]]*\]|\bReserved\b\s*\.?$", re.IGNORECASE)
TO_PART = re.compile(r"\bto\s+(?:Part|Subpart\s+\w+\s+of\s+Part)\s+(\d+)", re.IGNORECASE)


def read(root: Element) -> Statute:
    """The parts in a file. Unreadable when it has none, or the chapters of several agencies."""
    tops = list(_tops(root))
    if not tops:
        raise Unreadable(Fault(root.line, gettext_noop("No part and no section (DIV5, DIV8) stands in the file.")))
    chapters = [
        chapter for chapter in _divisions(root, "CHAPTER") if any(True for _ in _divisions(chapter, "PART", "SECTION"))
    ]
    if len(chapters) > 1:
        message = gettext_noop("The file holds %(n)s chapters. Give the chapter, subchapter or part of one regulation.")
        raise Unreadable(Fault(chapters[1].line, message, {"n": len(chapters)}))
    nodes = [_node(element, "") for element in tops]
    title = blocks.words(root.first("HEAD") or _first_head(root), GRAMMAR)
    return Statute(title, "en", nodes, frozenset(node.label for node in nodes))


def _divisions(root: Element, *types: str) -> Iterator[Element]:
    for element in root.every(*(f"DIV{level}" for level in range(1, 10))):
        if element.get("TYPE").strip().upper() in types:
            yield element


def _first_head(root: Element) -> Element | None:
    return next(root.every("HEAD"), None)


def _tops(element: Element) -> Iterator[Element]:
    """The highest divisions that are provisions."""
    if DIVISION.match(element.tag) and element.get("TYPE").strip().upper() not in ABOVE:
        yield element
        return
    for below in element.elements():
        yield from _tops(below)


def _node(element: Element, part: str) -> Node:
    kind = element.get("TYPE").strip().upper()
    head = blocks.words(element.first("HEAD"), GRAMMAR)
    number = element.get("N").strip()
    if kind == "PART":
        part = _one_number(element, number or head)
        label, shown = f"part-{part.lower()}", f"Part {part}"
    elif kind == "SECTION":
        own = _one_number(element, number or head)
        label, shown = own.lower(), f"§ {own}"
    elif kind == "APPENDIX":
        label, shown = _appendix(element, number or head, head, part)
    else:  # subparts and groups of sections
        label, shown = _group(element, kind, number, part)
    children: list[Node] = []
    own_text: list[Element] = []
    for below in element.elements():
        if DIVISION.match(below.tag) and below.get("TYPE"):
            children.append(_node(below, part))
        else:
            own_text.append(below)
    text = blocks.markdown(own_text, GRAMMAR)
    heading = _heading(head, kind)
    return Node(label, shown, heading, text, element.line, children, reserved=bool(RESERVED.search(head)))


def _one_number(element: Element, words: str) -> str:
    found = NUMBER.search(words)
    if found is None:
        raise Unreadable(
            Fault(
                element.line,
                gettext_noop("No number of a part or section stands in “%(words)s”."),
                {"words": words[:60]},
            )
        )
    return found[0]


def _appendix(element: Element, words: str, head: str, part: str) -> tuple[str, str]:
    found = SUPPLEMENT.search(words) or SUPPLEMENT.search(head)
    if found is None:
        raise Unreadable(
            Fault(element.line, gettext_noop("No number of a supplement stands in “%(words)s”."), {"words": words[:60]})
        )
    to_part = TO_PART.search(words) or TO_PART.search(head)
    part = to_part[1] if to_part else part
    kind = {"supplement": "supp", "appendix": "app", "annex": "annex"}[found["kind"].lower()]
    number = (found["number"] or "").lower()
    shown = re.split(r"\s*[—–]\s*|\s-\s", head)[0] or words
    return "-".join(piece for piece in (part.lower(), kind, number) if piece), shown


def _group(element: Element, kind: str, number: str, part: str) -> tuple[str, str]:
    name = {"SUBPART": "subpart", "SUBJGRP": "group"}.get(kind, re.sub(r"[^a-z]", "", kind.lower()) or "division")
    own = re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-").removeprefix("subpart-")
    if name == "group":  # its number is one of the file's workings; its place is not: the first section below names it
        first = next(_divisions(element, "SECTION"), None)
        own = re.sub(r"[^a-z0-9]+", "-", _one_number(first, first.get("N")).lower()) if first else own
    label = "-".join(piece for piece in (part.lower(), name, own) if piece)
    return label, f"Subpart {number.upper()}" if name == "subpart" else ""


def _heading(head: str, kind: str) -> str:
    """What a HEAD says besides the number: after the dash, or after “§ 744.21”."""
    if kind == "SECTION":
        return re.sub(r"^§+\s*[\w.\-]+\s*", "", head).strip().rstrip(".")
    if kind == "SUBJGRP":
        return head
    pieces = re.split(r"\s*[—–]\s*|\s-\s", head, maxsplit=1)
    return pieces[1].strip() if len(pieces) > 1 else ""
