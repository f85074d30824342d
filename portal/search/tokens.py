"""Texts to tokens, for the index, for questions and for the highlighter: the same on every database.

Two streams. *Words* are stems of Latin words, lower-cased and without accents. *Exact* are codes as they are
written (`9a012.a`, `744.21`) and, for each run of Chinese characters, its pairs and its last character, so that
a run of n ≥ 2 characters is found by the phrase of its pairs and a single one by a prefix.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portal.search.stemming import stem

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
LETTER = rf"(?:(?![{HAN}])[^\W_])"
CHUNK = re.compile(rf"(?P<han>[{HAN}]+)|(?P<latin>{LETTER}+(?:[.\-/]{LETTER}+|\({LETTER}{{1,5}}\)|'s\b)*)")
WORD = re.compile(rf"({LETTER}+)(?:'s\b)?")
CODE = re.compile(r"(?=.*\d)(?=.*[a-z./-])[a-z0-9./-]+")

LONGEST_TOKEN = 80

Stream = Literal["words", "exact"]


class _Folding(dict[int, str]):
    """Code point -> what stands for it; filled as characters are met."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if 0xAC00 <= point <= 0xD7AF or 0x3040 <= point <= 0x30FF:
            folded = character
        elif character in "’‘`´＇":
            folded = "'"
        elif character in "‐‑‒–—－−":
            folded = "-"
        elif unicodedata.category(character) in {"Cs", "Cn"}:
            folded = " "
        else:
            bare = (part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
            folded = "".join(bare).casefold()
        self[point] = folded
        return folded


FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case, no accents, full-width and compatibility forms as their plain ones."""
    return text.translate(FOLDING)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of Chinese characters, or Latin letters and digits with what joins them, in a folded text."""

    text: str
    start: int
    end: int
    han: bool

    @property
    def code(self) -> str:
        """`744.21(a)` -> `744.21.a`; "" for what has no digit, or nothing but digits."""
        if self.han:
            return ""
        written = self.text.removesuffix("'s").replace("(", ".").replace(")", "")
        return written[:LONGEST_TOKEN] if CODE.fullmatch(written) else ""


def chunks(folded: str) -> Iterator[Chunk]:
    """The chunks of a folded text in order."""
    for match in CHUNK.finditer(folded):
        yield Chunk(match[0], match.start(), match.end(), match["han"] is not None)


def stems(folded: str) -> list[str]:
    """The stems of the Latin words of a folded text, codes in their parts."""
    return [stem(match[1][:LONGEST_TOKEN]) for match in WORD.finditer(folded)]


@lru_cache(maxsize=20_000)
def pairs(run: str) -> tuple[str, ...]:
    """`出口管制` -> 出口, 口管, 管制; a single character as it is."""
    return tuple(run[at : at + 2] for at in range(len(run) - 1)) or (run,)


def code_forms(code: str) -> list[str]:
    """The code, and each part of it after a slash: `us-ear/744.21` -> itself and `744.21`."""
    parts = code.split("/")
    return ["/".join(parts[at:]) for at in range(len(parts)) if at == 0 or CODE.fullmatch("/".join(parts[at:]))]


def words(text: str) -> str:
    """The words stream of a text."""
    return " ".join(stems(fold(text)))


def exact(text: str) -> str:
    """The exact stream of a text."""
    found: list[str] = []
    for chunk in chunks(fold(text)):
        if chunk.han:
            found += pairs(chunk.text)
            if len(chunk.text) > 1:
                found.append(chunk.text[-1])
        elif chunk.code:
            found += code_forms(chunk.code)
    return " ".join(found)


# --- The one stream of an entry --------------------------------------------------------------------------------------

EXACT, TITLE, FIRST, FACT = "=", "^", "!", "#"
"""Marks before tokens, so that one index holds them all: exact ones; those of titles, again; those of the titles
that are proposed first, once more; facts such as #kind=case."""
FACT_VALUE = re.compile(r"[a-z0-9_.-]+")


def entry(title: str, body: str, *, key: str = "", first: bool = False, facts: Iterable[str] = ()) -> str:
    """All tokens of an entry. Between any two stretches of one mark stands one of another: no phrase crosses over.

    `key` is given for the page itself and not for its parts, `first` for pages that are proposed before others.
    """
    title_words, body_words, body_exact = words(title), words(body), exact(body)
    title_exact = f"{exact(title)} {exact_key(key) if key else ''}".strip()
    stretches = [
        title_words,
        marked(title_words, TITLE),
        body_words,
        marked(title_exact, EXACT),
        marked(title_exact, TITLE + EXACT),
        marked(body_exact, EXACT),
        *([marked(title_words, FIRST), marked(title_exact, FIRST + EXACT)] if first else []),
        *facts,
    ]
    return " ".join(stretch for stretch in stretches if stretch)


def marked(stream: str, mark: str) -> str:
    """Each token of a stream with a mark before it."""
    return mark + stream.replace(" ", f" {mark}") if stream else ""


def fact(facet: str, value: str) -> str:
    """The token of a facet's value; one that nothing has where the value cannot be one."""
    return f"{FACT}{facet}={value if FACT_VALUE.fullmatch(value) else ''}"


def exact_key(key: str) -> str:
    """The exact stream of a permanent key: itself and what stands after each slash, digits or not."""
    parts = key.split("/")
    return " ".join("/".join(parts[at:]) for at in range(len(parts)))
