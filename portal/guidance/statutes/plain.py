"""Words of an official text as Markdown that shows exactly those words."""

import re
from collections.abc import Iterable

SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u2002\u2003\u2009\u202f]+")
INLINE = re.compile(
    r"[\\*`]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#|[A-Za-z][A-Za-z0-9]*;)"
    r"|~(?=~)|(?<=~)~"
    r"|\[(?=[\[^])|\[(?=[^\[\]]*\][(\[:])"
)
BLOCK = re.compile(r"^(?:(?P<mark>#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+$|-{3,}$)|(?P<digits>\d{1,9})(?P<dot>[.)])(?=\s|$))")
UP = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
DOWN = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def one_line(words: str) -> str:
    """Single spaces, nothing at the ends; the wide space of Chinese typesetting stays inside a line."""
    return SPACES.sub(" ", words).strip(" \u3000")


def escaped(words: str) -> str:
    """The words with a backslash before what Markdown would take for markup inside a line."""
    return INLINE.sub(lambda found: "\\" + found[0], words)


def paragraph(line: str) -> str:
    """A line of Markdown that begins a paragraph, not a list, a heading or a quotation."""

    def tame(found: re.Match[str]) -> str:
        return f"{found['digits']}\\{found['dot']}" if found["digits"] else "\\" + found["mark"]

    return BLOCK.sub(tame, line)


def literal(words: str) -> str:
    """One paragraph of plain words as Markdown."""
    return paragraph(escaped(one_line(words)))


def paragraphs(lines: Iterable[str]) -> str:
    """Paragraphs of Markdown with empty lines between them; empty ones are left out."""
    return "\n\n".join(line for line in lines if line)


def row(cells: Iterable[str]) -> str:
    """A row of a table as one paragraph."""
    return paragraph(" | ".join(cell for cell in cells))


def raised(words: str) -> str:
    """An exponent: 10⁶ must never become 106."""
    text = one_line(words)
    up = text.translate(UP)
    return up if text and all(a != b for a, b in zip(text, up, strict=True)) else (f"^({text})" if text else "")


def lowered(words: str) -> str:
    """An index, as in H₂O."""
    text = one_line(words)
    down = text.translate(DOWN)
    return down if text and all(a != b for a, b in zip(text, down, strict=True)) else (f"_({text})" if text else "")
