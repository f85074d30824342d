"""Two states of a text in keyed parts: which stayed, came, went, moved, got another key or another heading."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.guidance.redline.texts import (
    Effort,
    Op,
    Paragraph,
    Piece,
    differing,
    increasing,
    new_text,
    old_text,
)

ENOUGH = 12  # shorter texts, such as “Reserved.”, do not show that a part got another key


class Change(StrEnum):
    """What happened to a part. A part that moved or got another heading may be CHANGED too; then CHANGED is said."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    INSERTED = "inserted"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a text. Where `digest` is given and both sides have the same, `text` is never looked at."""

    key: str
    heading: str
    text: str
    digest: str = ""

    @property
    def fingerprint(self) -> str:
        return self.digest or hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One part in the redline. `was` is its key before; `old_place` and `new_place` are None where it was not."""

    key: str
    change: Change
    was: str
    old_place: int | None
    new_place: int | None
    heading: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    moved: bool = False

    @property
    def insertions(self) -> int:
        return sum(paragraph.insertions for paragraph in self.paragraphs)

    @property
    def deletions(self) -> int:
        return sum(paragraph.deletions for paragraph in self.paragraphs)

    @property
    def heading_changed(self) -> bool:
        return any(piece.op is not Op.EQUAL for piece in self.heading)

    @property
    def text_changed(self) -> bool:
        return any(paragraph.op is not Op.EQUAL for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Match:
    old: tuple[int, Part] | None
    new: tuple[int, Part] | None


def compare(old: Sequence[Part], new: Sequence[Part], effort: Effort | None = None) -> list[Line]:
    """One line for each part of either side, in the order of the new side; what went stands where it stood.

    Keys are unique on each side. Costs one pass over the parts, and the words of those that differ.
    """
    effort = effort or Effort()
    matches = _matched(old, new)
    places = [match.old[0] for match in matches if match.old and match.new]
    stayed = {places[index] for index in increasing(places)}
    return [_line(match, stayed, effort) for match in _in_order(matches, old)]


def old_parts(lines: Iterable[Line]) -> list[tuple[str, str, str]]:
    """(key, heading, text) of the older side, from its redline."""
    rows = [line for line in lines if line.old_place is not None]
    rows.sort(key=lambda line: line.old_place or 0)
    return [(line.was, _side(line.heading, Op.INSERT), old_text(line.paragraphs)) for line in rows]


def new_parts(lines: Iterable[Line]) -> list[tuple[str, str, str]]:
    """(key, heading, text) of the newer side, from its redline: the redline applied."""
    rows = [line for line in lines if line.new_place is not None]
    return [(line.key, _side(line.heading, Op.DELETE), new_text(line.paragraphs)) for line in rows]


def _side(pieces: Iterable[Piece], without: Op) -> str:
    return "".join(piece.text for piece in pieces if piece.op is not without)


def _matched(old: Sequence[Part], new: Sequence[Part]) -> list[_Match]:
    """The new parts with the old ones they come from: by key, else by the same words under another key."""
    before = {part.key: (place, part) for place, part in enumerate(old)}
    after = {part.key for part in new}
    gone = _by_words([(place, part) for place, part in before.values() if part.key not in after])
    fresh = _by_words([(place, part) for place, part in enumerate(new) if part.key not in before])
    matches, used = [], set()
    for place, part in enumerate(new):
        source = before.get(part.key)
        if source is None and part.fingerprint in gone and part.fingerprint in fresh:
            source = gone[part.fingerprint]
        if source:
            used.add(source[0])
        matches.append(_Match(source, (place, part)))
    return matches + [_Match((place, part), None) for place, part in before.values() if place not in used]


def _by_words(parts: list[tuple[int, Part]]) -> dict[str, tuple[int, Part]]:
    """Fingerprint -> the only part with these words, if there are enough of them to go by."""
    counts = Counter(part.fingerprint for _, part in parts)
    return {
        part.fingerprint: (place, part)
        for place, part in parts
        if counts[part.fingerprint] == 1 and len(part.text) >= ENOUGH
    }


def _in_order(matches: list[_Match], old: Sequence[Part]) -> list[_Match]:
    """What went is put behind the part that it stood behind, or first."""
    behind: dict[int | None, list[_Match]] = {}
    gone = {match.old[0]: match for match in matches if match.old and not match.new}
    last: int | None = None
    for place in range(len(old)):
        if place in gone:
            behind.setdefault(last, []).append(gone[place])
        else:
            last = place
    ordered = list(behind.get(None, []))
    for match in matches:
        if match.new:
            ordered.append(match)
            ordered += behind.get(match.old[0], []) if match.old else []
    return ordered


def _line(match: _Match, stayed: set[int], effort: Effort) -> Line:
    if match.old is None or match.new is None:
        return _one_sided(match)
    (old_place, before), (new_place, after) = match.old, match.new
    moved = old_place not in stayed
    heading = _heading(before.heading, after.heading, effort)
    same = before.fingerprint == after.fingerprint
    paragraphs = _same(after.text) if same else differing(before.text, after.text, effort)
    change = Change.UNCHANGED
    if any(row.op is not Op.EQUAL for row in paragraphs) or before.heading != after.heading:
        change = Change.CHANGED
    elif moved:
        change = Change.MOVED
    if before.key != after.key:
        change = Change.RENUMBERED
    return Line(after.key, change, before.key, old_place, new_place, heading, paragraphs, moved)


def _same(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Op.EQUAL, (Piece(Op.EQUAL, line),)) for line in text.split("\n"))


def _heading(old: str, new: str, effort: Effort) -> tuple[Piece, ...]:
    """A heading is one paragraph, whatever it holds."""
    if old == new:
        return (Piece(Op.EQUAL, old),)
    rows = differing(old.replace("\n", " "), new.replace("\n", " "), effort)
    return tuple(piece for row in rows for piece in row.pieces)


def _one_sided(match: _Match) -> Line:
    op, change = (Op.INSERT, Change.INSERTED) if match.new else (Op.DELETE, Change.REMOVED)
    place, part = match.new or match.old or (0, Part("", "", ""))
    rows = tuple(Paragraph(op, (Piece(op, line),)) for line in part.text.split("\n"))
    return Line(
        part.key,
        change,
        part.key,
        None if match.new else place,
        place if match.new else None,
        (Piece(Op.EQUAL, part.heading),),
        rows,
    )
