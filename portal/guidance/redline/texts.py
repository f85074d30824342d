"""Two texts: their paragraphs aligned, and the words of those that belong together.

Lines of the text are its paragraphs. Chinese is compared by characters and Latin script by words; islands of equal
words too small to help the eye are taken into the change around them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.guidance.redline.aligning import Effort, anchors, pairs
from portal.guidance.redline.words import Op, Piece, pieces_of, weight

LEFT = 0.2  # with a smaller share of equal words than this, the whole paragraph went and came


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that stayed, came, went, or of which some words changed."""

    op: Op
    pieces: tuple[Piece, ...]

    @property
    def insertions(self) -> int:
        return sum(piece.op is Op.INSERT for piece in self.pieces)

    @property
    def deletions(self) -> int:
        return sum(piece.op is Op.DELETE for piece in self.pieces)


def differing(old: str, new: str, effort: Effort | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of both texts in the order of reading, what went before what came in its place."""
    before, after = old.split("\n"), new.split("\n")
    return tuple(_aligned(before, after, effort or Effort()))


def old_text(paragraphs: Iterable[Paragraph]) -> str:
    """The older text, from its redline: without what was inserted."""
    return _text(paragraphs, Op.INSERT)


def new_text(paragraphs: Iterable[Paragraph]) -> str:
    """The newer text, from its redline: the redline applied."""
    return _text(paragraphs, Op.DELETE)


def _text(paragraphs: Iterable[Paragraph], without: Op) -> str:
    kept = (paragraph for paragraph in paragraphs if paragraph.op is not without)
    return "\n".join("".join(piece.text for piece in row.pieces if piece.op is not without) for row in kept)


# --- Paragraphs ------------------------------------------------------------------------------------


def _aligned(before: Sequence[str], after: Sequence[str], effort: Effort) -> Iterator[Paragraph]:
    """Equal paragraphs hold the two texts together; what lies between them is paired by likeness."""
    effort.spend(len(before) + len(after))
    at, to = 0, 0
    for left, right in [*anchors(before, after), (len(before), len(after))]:
        yield from _between(before[at:left], after[to:right], effort)
        if left < len(before):
            yield _whole(Op.EQUAL, before[left])
        at, to = left + 1, right + 1


def _whole(op: Op, text: str) -> Paragraph:
    return Paragraph(op, (Piece(op, text),))


def _between(before: Sequence[str], after: Sequence[str], effort: Effort) -> Iterator[Paragraph]:
    """Paragraphs without an equal on the other side: those alike are compared by words, the others went and came."""
    at, to = 0, 0
    for left, right in [*pairs(before, after, effort), (len(before), len(after))]:
        yield from (_whole(Op.DELETE, text) for text in before[at:left])
        yield from (_whole(Op.INSERT, text) for text in after[to:right])
        if left < len(before):
            yield from _changed(before[left], after[right], effort)
        at, to = left + 1, right + 1


def _changed(old: str, new: str, effort: Effort) -> Iterator[Paragraph]:
    """Two states of one paragraph. When they are too long or too unlike for words, their sentences are compared."""
    if old == new:
        yield _whole(Op.EQUAL, old)
        return
    pieces = pieces_of(old, new, effort)
    same = sum(weight(piece.text) for piece in pieces if piece.op is Op.EQUAL)
    if 2 * same >= LEFT * (weight(old) + weight(new)):
        yield Paragraph(Op.CHANGED, tuple(pieces))
    else:
        yield _whole(Op.DELETE, old)
        yield _whole(Op.INSERT, new)
