"""The words of a stored text that answer a question, marked, with a little around them. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.search import tokens
from portal.search.parsing import Atom
from portal.search.stemming import stem

LATIN_LENGTH, HAN_LENGTH = 260, 120

Marked = list[tuple[str, bool]]
"""Words in their order, each with whether they are marked."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where an atom (by its number) stands in the original."""

    start: int
    end: int
    atom: int


def spans(text: str, atoms: Iterable[Atom]) -> list[Span]:
    """Where these atoms stand in a text, in order, overlapping ones joined."""
    folded = tokens.fold(text)
    if not folded:
        return []
    origin = _origin(text)
    found = [
        Span(origin[start], origin[end - 1] + 1, number)
        for number, atom in enumerate(atoms)
        for start, end in _places(folded, atom)
    ]
    return _joined(sorted(found, key=lambda span: (span.start, -span.end)))


def _origin(text: str) -> Sequence[int]:
    """Where each character of the folded text stands in the original: nearly always at the same place."""
    if all(len(tokens.FOLDING[ord(character)]) == 1 for character in set(text)):
        return range(len(text))
    return [at for at, character in enumerate(text) for _ in tokens.FOLDING[ord(character)]]


def _places(folded: str, atom: Atom) -> list[tuple[int, int]]:
    if atom.stream == "words":
        return _of_words(folded, atom)
    if tokens.CHUNK.match(atom.written) and re.match(rf"[{tokens.HAN}]", atom.written):
        return [(match.start(), match.end()) for match in re.finditer(re.escape(atom.written), folded)]
    return [
        (chunk.start, chunk.end)
        for chunk in tokens.chunks(folded)
        if chunk.code and any(form.startswith(atom.written) for form in tokens.code_forms(chunk.code))
    ]


def _of_words(folded: str, atom: Atom) -> list[tuple[int, int]]:
    matches = list(tokens.WORD.finditer(folded))
    stems = [stem(match[1]) for match in matches]
    size, found = len(atom.tokens), []
    for at in range(len(stems) - size + 1):
        *first, last = stems[at : at + size]
        ends_so = last.startswith(atom.tokens[-1]) if atom.prefix else last == atom.tokens[-1]
        if ends_so and tuple(first) == atom.tokens[:-1]:
            found.append((matches[at].start(1), matches[at + size - 1].end(1)))
    return found


def _joined(found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in found:
        if joined and span.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Span(last.start, max(last.end, span.end), last.atom)
        else:
            joined.append(span)
    return joined


def marked(text: str, atoms: Iterable[Atom]) -> Marked:
    """The whole text with its answers marked: for titles."""
    return _cut(text, spans(text, atoms), 0, len(text))


def passage(text: str, atoms: Iterable[Atom], *, length: int | None = None) -> Marked:
    """The stretch of a text with most of what was asked for, about as long as two or three lines."""
    size = length or (HAN_LENGTH if re.search(rf"[{tokens.HAN}]{{4}}", text[:400]) else LATIN_LENGTH)
    found = spans(text, atoms)
    start = _best_start(found, size)
    start = _word_start(text, max(start - size // 4, 0)) if start > size // 2 else 0
    end = _word_end(text, min(start + size, len(text)))
    shown = _cut(text, found, start, end)
    return [*([("… ", False)] if start else []), *shown, *([(" …", False)] if end < len(text) else [])]


def _best_start(found: list[Span], size: int) -> int:
    """Where a stretch of this size begins that holds most different atoms; the first of equals."""

    def worth(span: Span) -> int:
        return len({other.atom for other in found if span.start <= other.start and other.end <= span.start + size})

    return max(found[:200], key=lambda span: (worth(span), -span.start)).start if found else 0


def _word_start(text: str, at: int) -> int:
    while at > 0 and _inside_word(text, at):
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and _inside_word(text, at):
        at += 1
    return at


def _inside_word(text: str, at: int) -> bool:
    return all(character.isascii() and character.isalnum() for character in text[at - 1 : at + 1])


def _cut(text: str, found: list[Span], start: int, end: int) -> Marked:
    parts: Marked = []
    at = start
    for span in found:
        if span.end <= start or span.start >= end:
            continue
        first, last = max(span.start, start), min(span.end, end)
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts.append((text[at:end], False))
    return [(words.replace("\n", " "), mark) for words, mark in parts if words]
