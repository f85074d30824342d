"""The label of a provision from its number as a statute writes it. Pure.

A label is made from the number and from what stands above, never from the rest of the file, so that the next version
of the act gives the same labels.
"""

import re

from portal.guidance.statutes import numerals
from portal.guidance.statutes.statute import Fault, Unreadable, gettext_noop

N = r"(?P<number>[0-9]+(?:[-.][0-9]+)*\s*(?:[a-zA-Z]{1,2}\b|bis|ter|quater)?|[ivxlcdmIVXLCDM]+[a-z]?\b|[A-Z]\b)"
LABELS = {
    "part": re.compile(rf"\bpart\s+{N}", re.IGNORECASE),
    "title": re.compile(rf"\btitle\s+{N}", re.IGNORECASE),
    "chapter": re.compile(rf"\bchapter\s+{N}", re.IGNORECASE),
    "section": re.compile(rf"(?:\bsection\s+|\bsec\.\s*|§+\s*){N}", re.IGNORECASE),
    "subsection": re.compile(rf"\bsub-?section\s+{N}", re.IGNORECASE),
    "subpart": re.compile(rf"\bsub-?part\s+{N}", re.IGNORECASE),
    "subchapter": re.compile(rf"\bsub-?chapter\s+{N}", re.IGNORECASE),
    "subtitle": re.compile(rf"\bsub-?title\s+{N}", re.IGNORECASE),
    "book": re.compile(rf"\bbook\s+{N}", re.IGNORECASE),
    "division": re.compile(rf"\bdivision\s+{N}", re.IGNORECASE),
    "annex": re.compile(rf"\b(?:annex|appendix|schedule)(?:\s+{N})?", re.IGNORECASE),
    "art": re.compile(rf"\b(?:article|art\.)\s*{N}", re.IGNORECASE),
}
CHINESE = {"编": "part", "分编": "subpart", "章": "chapter", "节": "section", "目": "subsection", "条": "art"}
ONE_CHINESE = re.compile(
    rf"^第\s*(?P<number>{numerals.CHINESE})\s*(?P<unit>分编|编|章|节|目|条)(?:之(?P<after>{numerals.CHINESE}))?"
)
# What may stand on its own; everything else is named with what stands above it.
ALONE = {"part", "title", "book", "division"}


def of_number(kind: str, shown: str, line: int, otherwise: str = "") -> str:
    """The label of an article, section or annex from its number as written. Unreadable when there is none."""
    chinese = ONE_CHINESE.match(shown)
    if chinese:
        return f"{kind}-{numerals.chinese(chinese['number'])}" + (
            f"-{numerals.chinese(chinese['after'])}" if chinese["after"] else ""
        )
    pattern = LABELS.get(kind)
    found = pattern.search(shown) if pattern else None
    for words in (found["number"] if found and found["number"] else "", shown, otherwise):
        try:
            return f"{kind}-{numerals.plain(words)}" if words else _none(words)
        except ValueError:
            continue
    message = gettext_noop("No number stands in “%(words)s”.")
    raise Unreadable(Fault(line, message, {"words": shown[:60]}))


def _none(words: str) -> str:
    raise ValueError(words)


def container(shown: str, heading: str, above: str, line: int) -> tuple[str, str, str]:
    """(label, number, heading) of a part, title, chapter or section that holds others.

    A number and a heading in one line are taken apart. A chapter in a title or part, and every section, carries the
    label above it, because their numbers begin anew there.
    """
    chinese = ONE_CHINESE.match(shown)
    if chinese:
        kind, number = CHINESE[chinese["unit"]], str(numerals.chinese(chinese["number"]))
        number += f"-{numerals.chinese(chinese['after'])}" if chinese["after"] else ""
        rest = shown[chinese.end() :].strip(" \u3000")
        return joined(kind, number, above), chinese[0], heading or rest
    for kind, pattern in LABELS.items():
        found = pattern.match(shown)
        if found is None or not found["number"]:
            continue
        try:
            number = numerals.plain(found["number"])
        except ValueError:  # “Title Civil”
            continue
        rest = shown[found.end() :].strip(" \t.:—–-")
        return joined(kind, number, above), found[0].strip(), heading or rest
    message = gettext_noop("“%(words)s” is no title, part, chapter or section with a number.")
    raise Unreadable(Fault(line, message, {"words": shown[:60]}))


def joined(kind: str, number: str, above: str) -> str:
    """The label of a container under another."""
    own = f"{kind}-{number}"
    alone = kind in ALONE and not above.startswith("annex")
    return own if alone or not above else f"{above}-{own}"
