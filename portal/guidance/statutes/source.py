"""A file as it came: what it is by its bytes, its letters, and what no statute has in it. Pure."""

import re

from portal.guidance.statutes.statute import Fault, Unreadable, gettext_noop

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
FOREIGN = [
    (b"PK\x03\x04", gettext_noop("This is a ZIP archive (or an office document). Unpack it and give the file inside.")),
    (b"PK\x05\x06", gettext_noop("This is a ZIP archive (or an office document). Unpack it and give the file inside.")),
    (b"\x1f\x8b", gettext_noop("This is a compressed file. Unpack it first.")),
    (b"%PDF", gettext_noop("This is a PDF. Give the XML, Markdown or YAML of the text.")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("This is an office document. Give the XML, Markdown or YAML of the text.")),
    (b"{\\rtf", gettext_noop("This is an office document. Give the XML, Markdown or YAML of the text.")),
]
HTML = re.compile(rb"^\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)


def foreign(data: bytes) -> None:
    """Unreadable when these bytes are no text at all, or no text of a statute."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(Fault(0, gettext_noop("The file is empty.")))
    for start, message in FOREIGN:
        if data.startswith(start):
            raise Unreadable(Fault(0, message))
    if HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise Unreadable(Fault(1, gettext_noop("This is a web page. Give the XML, Markdown or YAML of the text.")))


def is_xml(data: bytes) -> bool:
    """Whether it begins as XML does."""
    head = data[:400]
    for bom, encoding in BOMS.items():
        if head.startswith(bom):
            return head[: len(head) // 2 * 2].decode(encoding, "replace").lstrip().startswith("<")
    return head.lstrip().startswith(b"<")


def text_of(data: bytes) -> str:
    """The letters of a Markdown or YAML file: UTF-8, or UTF-16 with its mark. Unreadable otherwise."""
    encoding = next((name for bom, name in BOMS.items() if data.startswith(bom)), "utf-8")
    text = _decoded(data, encoding)
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        sign = f"U+{ord(found[0]):04X}"
        raise Unreadable(Fault(line, gettext_noop("A control character stands here: %(sign)s."), {"sign": sign}))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def letters_of_xml(data: bytes) -> None:
    """Unreadable when the bytes are not in the encoding that an XML file says it is in, with the line."""
    found = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    declared = found[1].decode().lower() if found else "utf-8"
    if any(data.startswith(bom) for bom in (b"\xff\xfe", b"\xfe\xff")):
        return  # the parser reads the mark and finds what is wrong
    if declared in {"utf-8", "utf8", "us-ascii", "ascii"}:
        _decoded(data, "utf-8" if declared.startswith("utf") else "ascii")
    nul = data.find(b"\x00")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise Unreadable(Fault(line, gettext_noop("A control character stands here: %(sign)s."), {"sign": "U+0000"}))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "ascii": "ASCII"}.get(encoding, "UTF-16")
        raise Unreadable(
            Fault(
                line, gettext_noop("The letters are not in %(encoding)s. Save the file in UTF-8."), {"encoding": name}
            )
        ) from error
