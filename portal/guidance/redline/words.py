"""The words of two states of one paragraph: what stayed, came and went, made readable."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.guidance.redline.aligning import IS_WIDE, TOKEN, Effort, anchors, pairs

SENTENCE = re.compile(r".+?(?:[。；！？]+|[.;!?](?=\s)\s*|$)", re.DOTALL)
EDITS = 400  # with more edits than these, a redline of words is no help to anybody
ISLAND = 4  # the weight up to which equal words between two changes are not worth showing


class Op(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    CHANGED = "changed"  # of a paragraph: some of its words


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went."""

    op: Op
    text: str


def pieces_of(old: str, new: str, effort: Effort) -> list[Piece]:
    """The pieces of two paragraphs; of their sentences when they are too long or too unlike for words."""
    return _by_words(old, new, effort) or _by_sentences(old, new, effort)


def _by_sentences(old: str, new: str, effort: Effort) -> list[Piece]:
    """Pieces of sentences; within two that are alike, words if that is possible."""
    before, after = SENTENCE.findall(old), SENTENCE.findall(new)
    pieces: list[Piece] = []
    if "".join(before) != old or "".join(after) != new:
        return [Piece(Op.DELETE, old), Piece(Op.INSERT, new)]
    at, to = 0, 0
    effort.spend(len(before) + len(after))
    for left, right in [*anchors(before, after), (len(before), len(after))]:
        pieces += _sentences_between(before[at:left], after[to:right], effort)
        if left < len(before):
            pieces.append(Piece(Op.EQUAL, before[left]))
        at, to = left + 1, right + 1
    return _joined(pieces)


def _sentences_between(before: list[str], after: list[str], effort: Effort) -> list[Piece]:
    pieces: list[Piece] = []
    at, to = 0, 0
    for left, right in [*pairs(before, after, effort), (len(before), len(after))]:
        pieces += [Piece(Op.DELETE, text) for text in before[at:left]]
        pieces += [Piece(Op.INSERT, text) for text in after[to:right]]
        if left < len(before):
            words = _by_words(before[left], after[right], effort)
            pieces += words or [Piece(Op.DELETE, before[left]), Piece(Op.INSERT, after[right])]
        at, to = left + 1, right + 1
    return pieces


def _by_words(old: str, new: str, effort: Effort) -> list[Piece]:
    """The pieces of two paragraphs; none when they are too unlike or too much was compared already."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    effort.spend(len(before) + len(after))
    kept = None if effort.spent else _common(before, after, effort)
    return [] if kept is None else _readable(_pieces(before, after, kept))


def _common(before: list[str], after: list[str], effort: Effort) -> list[tuple[int, int]] | None:
    """The places of a longest common run of tokens, after E. W. Myers, “An O(ND) Difference Algorithm and Its
    Variations” (1986); None when it takes more than EDITS edits or than half of all tokens are new."""
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    middle = _myers(before[first : len(before) - last], after[first : len(after) - last], effort)
    if middle is None:
        return None
    return [
        *((place, place) for place in range(first)),
        *((left + first, right + first) for left, right in middle),
        *((len(before) - back, len(after) - back) for back in range(last, 0, -1)),
    ]


def _myers(before: list[str], after: list[str], effort: Effort) -> list[tuple[int, int]] | None:
    rows, columns = len(before), len(after)
    if not rows or not columns:
        return []
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(rows + columns, EDITS) + 1):
        trail.append(dict(furthest))
        effort.spend(edits + 1)
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
            )
            left = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            right = left - diagonal
            start = left
            while left < rows and right < columns and before[left] == after[right]:
                left, right = left + 1, right + 1
            effort.steps += left - start
            furthest[diagonal] = left
            if left >= rows and right >= columns:
                return _back(trail, rows, columns)
        if effort.spent:
            return None
    return None


def _back(trail: list[dict[int, int]], left: int, right: int) -> list[tuple[int, int]]:
    """The matches on the way, walked back from its end."""
    found: list[tuple[int, int]] = []
    for edits in range(len(trail) - 1, -1, -1):
        furthest = trail[edits]
        diagonal = left - right
        down = diagonal == -edits or (
            diagonal != edits and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
        )
        came = diagonal + 1 if down else diagonal - 1
        from_left = furthest.get(came, 0)
        from_right = from_left - came
        while left > max(from_left, 0) and right > max(from_right, 0):
            left, right = left - 1, right - 1
            found.append((left, right))
        left, right = from_left, from_right
    return found[::-1]


def _pieces(before: list[str], after: list[str], kept: list[tuple[int, int]]) -> list[Piece]:
    found: list[Piece] = []
    at, to = 0, 0
    for left, right in [*kept, (len(before), len(after))]:
        if at < left:
            found.append(Piece(Op.DELETE, "".join(before[at:left])))
        if to < right:
            found.append(Piece(Op.INSERT, "".join(after[to:right])))
        if left < len(before):
            found.append(Piece(Op.EQUAL, before[left]))
        at, to = left + 1, right + 1
    return _joined(found)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Between two equal pieces one deletion and one insertion at most, in this order."""
    found: list[Piece] = []
    gone, come, same = "", "", ""

    def changed() -> list[Piece]:
        return [Piece(op, text) for op, text in ((Op.DELETE, gone), (Op.INSERT, come)) if text]

    for piece in pieces:
        if piece.op is Op.EQUAL:
            found += changed()
            gone, come, same = "", "", same + piece.text
            continue
        if same:
            found.append(Piece(Op.EQUAL, same))
            same = ""
        gone += piece.text if piece.op is Op.DELETE else ""
        come += piece.text if piece.op is Op.INSERT else ""
    return [*found, *changed(), *([Piece(Op.EQUAL, same)] if same else [])]


def _readable(pieces: list[Piece]) -> list[Piece]:
    """Small islands of equal words between two larger changes go and come with them."""
    while True:
        islands = {at for at in range(len(pieces)) if _is_island(pieces, at)}
        if not islands:
            return _without_shared_space(pieces)
        parted: list[Piece] = []
        for at, piece in enumerate(pieces):
            ops = (Op.DELETE, Op.INSERT) if at in islands else (piece.op,)
            parted += [Piece(op, piece.text) for op in ops]
        pieces = _joined(parted)


def _without_shared_space(pieces: list[Piece]) -> list[Piece]:
    """White space at the same end of a deletion and of the insertion behind it has not changed."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.op is not Op.INSERT or not found or found[-1].op is not Op.DELETE:
            found.append(piece)
            continue
        gone, come = found.pop().text, piece.text
        first = _shared_space(gone, come)
        gone, come, before = gone[first:], come[first:], gone[:first]
        last = _shared_space(gone[::-1], come[::-1])
        after = gone[len(gone) - last :]
        found += [
            Piece(Op.EQUAL, before),
            Piece(Op.DELETE, gone[: len(gone) - last]),
            Piece(Op.INSERT, come[: len(come) - last]),
            Piece(Op.EQUAL, after),
        ]
    return _joined(piece for piece in found if piece.text)


def _shared_space(left: str, right: str) -> int:
    """How many white signs both begin with."""
    number = 0
    for one, other in zip(left, right, strict=False):
        if one != other or not one.isspace():
            break
        number += 1
    return number


def _is_island(pieces: Sequence[Piece], at: int) -> bool:
    if pieces[at].op is not Op.EQUAL or at in (0, len(pieces) - 1):
        return False
    mine = weight(pieces[at].text)
    return mine <= min(ISLAND, 2 * _around(pieces, at, -1), 2 * _around(pieces, at, 1))


def _around(pieces: Sequence[Piece], at: int, step: int) -> int:
    """The weight of the change that touches this piece on one side."""
    most, place = 0, at + step
    while 0 <= place < len(pieces) and pieces[place].op is not Op.EQUAL:
        most = max(most, weight(pieces[place].text))
        place += step
    return most


def weight(text: str) -> int:
    """How much of the eye's attention words hold: a Chinese character is worth two letters, a sign nothing."""
    return sum(2 if IS_WIDE.match(sign) else 1 for sign in text if sign.isalnum())
