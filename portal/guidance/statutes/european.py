"""EUR-Lex Formex 4 and Akoma Ntoso (LegalDocML): acts with chapters, articles and annexes. Pure.

Labels: `title-1`, `chapter-2`, `chapter-2-section-1`, `art-12`, `art-12a`, `annex-1`. Articles of another act that
stand in quotation marks, as amending acts have them, are text of the article around them.
"""

import re
from collections.abc import Iterator

from portal.guidance.statutes import blocks, plain
from portal.guidance.statutes.blocks import Grammar
from portal.guidance.statutes.labels import LABELS, container, of_number
from portal.guidance.statutes.statute import Fault, Node, Statute, Unreadable, gettext_noop
from portal.guidance.statutes.xml import Element

LANGUAGES = {"EN": "en", "ENG": "en", "ZH": "zh-hans", "ZHO": "zh-hans", "CHI": "zh-hans", "CMN": "zh-hans"}


def language_of(code: str) -> str:
    """Our code of a language; the file's own in lower case where it is another."""
    return LANGUAGES.get(code.strip().upper().partition("-")[0], code.strip().lower())


# --- Formex -------------------------------------------------------------------------------------------------------


def _formex_words(element: Element) -> str | None:
    if element.tag in {"QUOT.START", "QUOT.END"}:
        code = element.get("CODE")
        return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) else "”"
    if element.tag == "HT":
        faces = {"SUP": plain.raised, "SUB": plain.lowered, "UC": str.upper}
        face = faces.get(element.get("TYPE"))
        return face(element.words()) if face else None
    return None


FORMEX = Grammar(
    inline=frozenset(
        {"HT", "FT", "DATE", "REF.DOC.OJ", "REF.DOC", "REF.DOC.ECR", "REF.DOC.SE", "REF.DOC.COM", "ADDR", "QUOT.START",
         "QUOT.END", "NO.DOC", "LINK", "KEYWORD", "ORGANISATION", "NAME", "TERM"}
    ),
    leads=frozenset({"NO.PARAG", "NO.P", "NO.ITEM", "NO.SUBITEM"}),
    dropped=frozenset({"TI.ART", "STI.ART", "BIB.INSTANCE", "INCL.ELEMENT", "TOC"}),
    rows=frozenset({"ROW"}),
    cells=frozenset({"CELL"}),
    notes=frozenset({"NOTE"}),
    instead=_formex_words,
)  # fmt: skip
# In quotations the headings of the quoted articles are part of the text.
QUOTED = frozenset({"QUOT.S"})


def formex(root: Element) -> Statute:
    """An ACT, CONS.ACT or ANNEX in Formex 4."""
    language = next(
        (language_of(found.words()) for found in root.every("LG.DOC", "LG.OJ") if found.words().strip()), ""
    )
    title = blocks.words(next(root.every("TITLE"), None), FORMEX)
    terms = next(root.every("ENACTING.TERMS"), None)
    nodes: list[Node] = []
    if terms is not None:
        nodes += _formex_nodes(terms, "")
        if not nodes and terms.words().strip():
            raise Unreadable(Fault(terms.line, gettext_noop("The enacting terms have no article (ARTICLE).")))
    annexes = [root] if root.tag == "ANNEX" else list(root.every("ANNEX", "CONS.ANNEX"))
    nodes += [_formex_annex(element, len(annexes)) for element in annexes]
    if not nodes:
        raise Unreadable(
            Fault(root.line, gettext_noop("The file has no enacting terms (ENACTING.TERMS) and no annex."))
        )
    scope = None if terms is not None else frozenset(node.label for node in nodes)
    return Statute(title, language, nodes, scope)


def _formex_nodes(element: Element, above: str) -> list[Node]:
    found: list[Node] = []
    for below in element.elements():
        if below.tag == "ARTICLE":
            found.append(_formex_article(below))
        elif below.tag == "DIVISION":
            found.append(_formex_division(below, above))
        elif below.tag not in QUOTED and any(True for _ in _unquoted(below)):
            found += _formex_nodes(below, above)
    return found


def _unquoted(element: Element) -> Iterator[Element]:
    for below in element.elements():
        if below.tag in {"ARTICLE", "DIVISION"}:
            yield below
        elif below.tag not in QUOTED:
            yield from _unquoted(below)


def _formex_article(element: Element) -> Node:
    shown = blocks.words(element.first("TI.ART"), FORMEX)
    heading = blocks.words(element.first("STI.ART"), FORMEX)
    label = of_number("art", shown, element.line)
    body = [below for below in element.elements() if below.tag not in {"TI.ART", "STI.ART"}]
    return Node(label, shown, heading, blocks.markdown(body, _with_quoted_headings()), element.line)


def _with_quoted_headings() -> Grammar:
    return Grammar(
        inline=FORMEX.inline,
        leads=FORMEX.leads,
        dropped=frozenset({"BIB.INSTANCE", "TOC"}),
        rows=FORMEX.rows,
        cells=FORMEX.cells,
        notes=FORMEX.notes,
        instead=_formex_words,
    )


def _formex_division(element: Element, above: str) -> Node:
    title = element.first("TITLE")
    shown = blocks.words(title.first("TI") if title else None, FORMEX)
    heading = blocks.words(title.first("STI") if title else None, FORMEX)
    label, shown, heading = container(shown, heading, above, element.line)
    return Node(label, shown, heading, "", element.line, _formex_nodes(element, label))


def _formex_annex(element: Element, of_how_many: int) -> Node:
    title = element.first("TITLE")
    shown = blocks.words(title.first("TI") if title else None, FORMEX)
    heading = blocks.words(title.first("STI") if title else None, FORMEX)
    found = LABELS["annex"].search(shown)
    label = of_number("annex", shown, element.line) if found and found["number"] else "annex"
    if label == "annex" and of_how_many > 1:
        raise Unreadable(Fault(element.line, gettext_noop("An annex among several has no number.")))
    body = [below for below in element.elements() if below.tag != "TITLE"]
    return Node(label, shown or "Annex", heading, blocks.markdown(body, _with_quoted_headings()), element.line)


# --- Akoma Ntoso --------------------------------------------------------------------------------------------------


AKOMA = Grammar(
    inline=frozenset(
        {"ref", "mref", "rref", "i", "b", "u", "a", "span", "abbr", "def", "term", "date", "quantity", "organization",
         "person", "role", "location", "inline", "ins", "del", "entity", "concept", "remark", "num-inline", "time",
         "docTitle", "docNumber", "docType", "docDate", "em", "strong", "embeddedText"}
    ),
    leads=frozenset({"num"}),
    dropped=frozenset({"meta", "noteRef"}),
    notes=frozenset({"authorialNote"}),
    breaks=frozenset({"br", "eol"}),
)  # fmt: skip
CONTAINERS = {
    "book",
    "part",
    "title",
    "chapter",
    "section",
    "subpart",
    "subchapter",
    "subtitle",
    "subsection",
    "division",
}


def akoma(root: Element) -> Statute:
    """An `akomaNtoso` document with an act, or another document with a body."""
    act = next(root.every("act", "bill", "doc", "statement"), None)
    body = next(root.every("body", "mainBody"), None)
    if act is None or body is None:
        raise Unreadable(Fault(root.line, gettext_noop("The file has no act with a body (akomaNtoso/act/body).")))
    code = next((found.get("language") for found in root.every("FRBRlanguage") if found.get("language")), "")
    title = blocks.words(next(root.every("docTitle", "longTitle", "shortTitle"), None), AKOMA)
    sections_are_articles = next(body.every("article"), None) is None
    nodes = _akoma_nodes(body, "", sections_are_articles)
    nodes += [_akoma_annex(element) for element in _annexes(root)]
    if not nodes:
        raise Unreadable(Fault(body.line, gettext_noop("The body of the act has no article and no section.")))
    return Statute(title, language_of(code or root.get("lang") or act.get("lang")), nodes)


def _annexes(root: Element) -> Iterator[Element]:
    for attachments in root.every("attachments", "annexes", "components"):
        yield from attachments.elements("attachment", "annex", "component")


def _akoma_nodes(element: Element, above: str, sections_are_articles: bool) -> list[Node]:
    found: list[Node] = []
    for below in element.elements():
        if below.tag == "article" or (below.tag == "section" and sections_are_articles):
            found.append(_akoma_article(below))
        elif below.tag in CONTAINERS:
            found.append(_akoma_container(below, above, sections_are_articles))
        elif below.tag == "hcontainer":
            found += _akoma_nodes(below, above, sections_are_articles)
    return found


def _akoma_article(element: Element) -> Node:
    shown = blocks.words(element.first("num"), AKOMA)
    kind = "art" if element.tag == "article" else "section"
    identity = (element.get("eId") or element.get("id")).rpartition("__")[2]
    by_id = re.fullmatch(r"(?:art|article|sec|section)_(\w+)", identity)
    label = of_number(kind, shown, element.line, otherwise=by_id[1].replace("_", "-") if by_id else "")
    heading = blocks.words(element.first("heading"), AKOMA)
    body = [below for below in element.elements() if below.tag not in {"num", "heading"}]
    number = (
        shown
        if re.search(r"[^\W\d]{2}|§|条", shown)
        else f"{'Article' if kind == 'art' else 'Section'} {shown}".strip()
    )
    return Node(label, number, heading, blocks.markdown(body, AKOMA), element.line)


def _akoma_container(element: Element, above: str, sections_are_articles: bool) -> Node:
    shown = blocks.words(element.first("num"), AKOMA)
    heading = blocks.words(element.first("heading"), AKOMA)
    if not re.search(r"[^\W\d_]{3}|[编章节]", shown):  # “II” alone: the tag says what it is
        shown = f"{element.tag.capitalize()} {shown}".strip()
    label, shown, heading = container(shown, heading, above, element.line)
    text = list(element.elements("intro", "wrapUp", "content"))
    children = _akoma_nodes(element, label, sections_are_articles)
    return Node(label, shown, heading, blocks.markdown(text, AKOMA), element.line, children)


def _akoma_annex(element: Element) -> Node:
    heading = blocks.words(next(element.every("heading"), None), AKOMA)
    num = blocks.words(next(element.every("num"), None), AKOMA)
    shown = (
        num if LABELS["annex"].search(num) else (heading if LABELS["annex"].search(heading) else f"Annex {num}".strip())
    )
    found = LABELS["annex"].search(shown)
    label = of_number("annex", shown, element.line) if found and found["number"] else "annex"
    body = next(element.every("mainBody", "body"), element)
    content = [below for below in body.elements() if below.tag not in {"num", "heading", "meta"}]
    return Node(
        label, plain.one_line(shown), heading if heading != shown else "", blocks.markdown(content, AKOMA), element.line
    )
