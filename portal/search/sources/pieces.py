"""What a source yields, and how the languages of a row are taken apart."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from portal.core import markdown, texts
from portal.search.tokens import HAN

Keys = set[str] | None
"""The keys that are wanted; None is everything."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One page, or part of one, in one language. `body` is Markdown."""

    key: str
    kind: str
    language: str
    title: str
    body: str = ""
    part: str = ""
    fragment: str = ""
    jurisdictions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    authority: str = ""
    regime: str = ""
    date: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    suspended_until: dt.date | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """A row before its languages are taken apart. `title` and each of `bodies` are bilingual texts."""

    piece: Piece
    title: object
    bodies: list[object] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """One piece for each language that the title or a body has; a missing title is the other language's."""
        bodies = [texts.as_dict(body) for body in self.bodies]
        titles = texts.as_dict(self.title)
        for language in texts.LANGUAGE_CODES:
            words = [body[language] for body in bodies if body.get(language)]
            if language in titles or words:
                title = texts.pick(self.title, language)[0]
                yield replace(self.piece, language=language, title=title, body="\n\n".join(words))


def record(key: str, kind: str, title: object, *bodies: object, **facts: object) -> Iterator[Piece]:
    piece = replace(Piece(key=key, kind=kind, language="", title=""), **facts)  # type: ignore[arg-type]
    return Record(piece, title, list(bodies)).pieces()


def ends(keys: Keys, prefix: str) -> list[str] | None:
    """The ends of the keys with this prefix; None for everything."""
    return None if keys is None else [key.removeprefix(prefix) for key in keys if key.startswith(prefix)]


def colon(language: str) -> str:
    return "：" if language == "zh-hans" else ": "


# --- Markdown to the words that a reader sees ---------------------------------------------------------------------

BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|blockquote|pre|table|thead|tbody|tr|td|th|section|hr|br)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
# A line folded in a file leaves a space between Chinese characters, where none is written.
FOLDED = re.compile(rf"(?<=[{HAN}，。；：、）》”]) (?=[{HAN}，。；：、（《“])")


def plain(source: str, cite: markdown.Cite = markdown.plain_citation) -> str:
    """The words of a Markdown text, a line for each block; nothing comes between letters that markup only touched."""
    html = FOLDED.sub("", " ".join(markdown.render(source, cite=cite).split()))
    lines = unescape(TAG.sub("", BLOCK.sub("\n", html))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
