"""A file of any known kind into a `Statute`, checked as a whole. Pure."""

import re
from collections.abc import Callable

from portal.guidance.statutes import ecfr, european, source, structured, written, xml
from portal.guidance.statutes.statute import Fault, Node, Statute, Unreadable, gettext_noop
from portal.guidance.statutes.structured import LABEL
from portal.guidance.statutes.xml import Element

FORMATS = {
    "ecfr": "eCFR XML",
    "akoma": "Akoma Ntoso XML",
    "formex": "EUR-Lex Formex XML",
    "markdown": "Markdown",
    "yaml": "YAML",
}
ENDINGS = {
    "xml": {"ecfr", "akoma", "formex"},
    "akn": {"akoma"},
    "fmx": {"formex"},
    "md": {"markdown"},
    "txt": {"markdown"},
    "yaml": {"yaml"},
    "yml": {"yaml"},
}
MARKUP: dict[str, Callable[[Element], Statute]] = {
    "ecfr": ecfr.read,
    "akoma": european.akoma,
    "formex": european.formex,
}
LETTERS: dict[str, Callable[[str], Statute]] = {"markdown": written.read, "yaml": structured.read}
FORMEX_ROOTS = {"ACT", "CONS.ACT", "CONS.DOC", "ANNEX", "CONS.ANNEX", "DOC", "COMPL", "FORMEX"}
LONGEST_LABEL = 80


def read(data: bytes, name: str, kind: str = "auto") -> tuple[Statute, str]:
    """(the statute, its format). Unreadable with every fault that was found."""
    source.foreign(data)
    ending = name.rpartition(".")[2].lower()
    if source.is_xml(data):
        _fits(kind, {"auto", *MARKUP}, name)
        root = xml.parse(data)
        found = kind if kind != "auto" else _kind_of(root)
        statute = MARKUP[found](root)
    else:
        if ending in {"xml", "akn", "fmx"} or kind in MARKUP:
            raise Unreadable(Fault(1, gettext_noop("The file does not begin as XML does.")))
        _fits(kind, {"auto", *LETTERS}, name)
        text = source.text_of(data)
        found = kind if kind != "auto" else _letters_kind(text, ending)
        statute = LETTERS[found](text)
    _check(statute)
    return statute, found


def _fits(kind: str, among: set[str], name: str) -> None:
    if kind not in among:
        message = gettext_noop("The file is not %(format)s.")
        raise Unreadable(Fault(1, message, {"format": FORMATS.get(kind, kind)}))


def _kind_of(root: Element) -> str:
    if root.tag == "akomaNtoso":
        return "akoma"
    if root.tag in FORMEX_ROOTS or next(root.every("ENACTING.TERMS"), None) is not None:
        return "formex"
    if root.get("TYPE") or root.tag in {"DLPSTEXTCLASS", "ECFR"} or next(root.every("DIV5", "DIV8"), None) is not None:
        return "ecfr"
    message = gettext_noop("XML with the root element “%(tag)s” is not known here. Known: eCFR, Akoma Ntoso, Formex.")
    raise Unreadable(Fault(root.line, message, {"tag": root.tag[:60]}))


def _letters_kind(text: str, ending: str) -> str:
    if ending in {"yaml", "yml"}:
        return "yaml"
    if ending not in {"md", "txt"} and re.search(r"^provisions:\s*$", text, re.MULTILINE):
        return "yaml"
    return "markdown"


def _check(statute: Statute) -> None:
    """What only the whole tells: labels once, nothing empty, numbers in a row."""
    faults: list[Fault] = []
    seen: dict[str, Node] = {}
    for node, _parent in statute.walk():
        if not LABEL.match(node.label) or len(node.label) > LONGEST_LABEL:
            message = gettext_noop("“%(label)s” is no label: lower case letters and digits, joined by . and -.")
            faults.append(Fault(node.line, message, {"label": node.label[:90]}))
        if node.label in seen:
            values: dict[str, str | int] = {"label": node.label, "line": seen[node.label].line}
            faults.append(
                Fault(node.line, gettext_noop("%(label)s stands here twice; first in line %(line)s."), values)
            )
        seen.setdefault(node.label, node)
        if not node.text and not node.children and not node.reserved:
            message = gettext_noop("%(label)s has no text.")
            faults.append(Fault(node.line, message, {"label": node.label}))
    if not seen:
        faults.append(Fault(0, gettext_noop("No provision was found in the file.")))
    if faults:
        raise Unreadable(*faults)
    statute.warnings += _gaps(statute)


def _gaps(statute: Statute) -> list[Fault]:
    """Articles whose number does not follow the one before: perhaps repealed, perhaps lost."""
    found: list[Fault] = []
    last = 0
    for node, _parent in statute.walk():
        number = re.fullmatch(r"art-(\d+)[a-z]*(?:-\d+)*", node.label)
        if number is None:
            continue
        here = int(number[1])
        if (last and here > last + 1) or here < last:
            message = gettext_noop("After article %(last)s comes article %(here)s.")
            found.append(Fault(node.line, message, {"last": last, "here": here}))
        last = here
    return found
