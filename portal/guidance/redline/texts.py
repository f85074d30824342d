"""Two texts: their paragraphs aligned, and the words of those that belong together.

Lines of the text are its paragraphs. Chinese is compared by characters and Latin script by words; islands of equal
words too small to help the eye are taken into the change around them.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

# An ideograph or kana alone; a word or number with what joins it (744.21, end-use); white space; any other sign.
WIDE = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = re.compile(rf"[{WIDE}]|(?:(?![{WIDE}])\w)+(?:[.'’-](?:(?![{WIDE}])\w)+)*|\s+|.", re.DOTALL)
IS_WIDE = re.compile(rf"[{WIDE}]")
SENTENCE = re.compile(r".+?(?:[。；！？]+|[.;!?](?=\s)\s*|$)", re.DOTALL)

LIKE = 0.4  # from this share of common words on, two paragraphs are states of one
NEAR = 12  # how far apart paragraphs of one may stand among very many
PAIRS = 4096  # up to so many pairs of paragraphs, each is weighed against each
EDITS = 400  # with more edits than these, a redline of words is no help to anybody
LEFT = 0.2  # with a smaller share of equal words than this, the whole paragraph went and came
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


@dataclass(slots=True)
class Effort:
    """Counts the comparisons made, for tests, and ends the search for words when `limit` is spent."""

    steps: int = 0
    limit: int = 4_000_000

    def spend(self, steps: int) -> None:
        self.steps += steps

    @property
    def spent(self) -> bool:
        return self.steps >= self.limit


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
    for left, right in [*_anchors(before, after), (len(before), len(after))]:
        yield from _between(before[at:left], after[to:right], effort)
        if left < len(before):
            yield _whole(Op.EQUAL, before[left])
        at, to = left + 1, right + 1


def _whole(op: Op, text: str) -> Paragraph:
    return Paragraph(op, (Piece(op, text),))


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places of paragraphs that both have, in order on both sides: what is alike at both ends, and between them
    what stands once on each side (the longest run of those that did not move)."""
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    left, right = range(first, len(before) - last), range(first, len(after) - last)
    once = _once(before, left)
    there = _once(after, right)
    common = [(place, there[words]) for words, place in once.items() if words in there]
    kept = [common[index] for index in increasing([place for _, place in common])]
    return [
        *((place, place) for place in range(first)),
        *kept,
        *((len(before) - back, len(after) - back) for back in range(last, 0, -1)),
    ]


def _once(paragraphs: Sequence[str], places: range) -> dict[str, int]:
    """The paragraphs that stand there once, in order -> their place."""
    counts = Counter(paragraphs[place] for place in places)
    return {paragraphs[place]: place for place in places if counts[paragraphs[place]] == 1}


def increasing(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest increasing run among different numbers; n log n."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [index]
    chain: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def _between(before: Sequence[str], after: Sequence[str], effort: Effort) -> Iterator[Paragraph]:
    """Paragraphs without an equal on the other side: those alike are compared by words, the others went and came."""
    at, to = 0, 0
    for left, right in [*_pairs(before, after, effort), (len(before), len(after))]:
        yield from (_whole(Op.DELETE, text) for text in before[at:left])
        yield from (_whole(Op.INSERT, text) for text in after[to:right])
        if left < len(before):
            yield from _changed(before[left], after[right], effort)
        at, to = left + 1, right + 1


def _pairs(before: Sequence[str], after: Sequence[str], effort: Effort) -> list[tuple[int, int]]:
    """Which paragraphs are states of one, in order on both sides."""
    if not before or not after:
        return []
    if len(before) == len(after) == 1:
        return [(0, 0)] if _likeness(_words(before[0]), _words(after[0])) >= LIKE / 2 else []
    old, new = [_words(text) for text in before], [_words(text) for text in after]
    every = len(old) * len(new) <= PAIRS
    weights: dict[tuple[int, int], float] = {}
    for left, words in enumerate(old):
        near = range(len(new)) if every else range(max(0, left - NEAR), min(len(new), left + NEAR + 1))
        effort.spend(len(near))
        for right in near:
            likeness = _likeness(words, new[right])
            if likeness >= LIKE:
                weights[left, right] = likeness
    return _heaviest(weights) if every else _greedy(weights)


def _words(text: str) -> Counter[str]:
    return Counter(token.casefold() for token in TOKEN.findall(text) if not token.isspace())


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of words in common, from 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def _heaviest(weights: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs that together are most alike, without crossing."""
    if not weights:
        return []
    rows, columns = max(left for left, _ in weights) + 1, max(right for _, right in weights) + 1
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for left in range(rows - 1, -1, -1):
        for right in range(columns - 1, -1, -1):
            paired = weights.get((left, right), -1.0) + best[left + 1][right + 1]
            best[left][right] = max(best[left + 1][right], best[left][right + 1], paired)
    found, left, right = [], 0, 0
    while left < rows and right < columns:
        if best[left][right] == best[left + 1][right]:
            left += 1
        elif best[left][right] == best[left][right + 1]:
            right += 1
        else:
            found.append((left, right))
            left, right = left + 1, right + 1
    return found


def _greedy(weights: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """For very many paragraphs: the best partner of each that still lies ahead."""
    found: list[tuple[int, int]] = []
    taken = -1
    partners: dict[int, list[tuple[float, int]]] = {}
    for (left, right), likeness in weights.items():
        partners.setdefault(left, []).append((-likeness, right))
    for left, listed in partners.items():
        ahead = [right for _, right in sorted(listed) if right > taken]
        if ahead:
            taken = ahead[0]
            found.append((left, taken))
    return found


# --- Words -----------------------------------------------------------------------------------------


def _changed(old: str, new: str, effort: Effort) -> Iterator[Paragraph]:
    """Two states of one paragraph. When they are too long or too unlike for words, their sentences are compared."""
    if old == new:
        yield _whole(Op.EQUAL, old)
        return
    pieces = _by_words(old, new, effort) or _by_sentences(old, new, effort)
    same = sum(_weight(piece.text) for piece in pieces if piece.op is Op.EQUAL)
    if 2 * same >= LEFT * (_weight(old) + _weight(new)):
        yield Paragraph(Op.CHANGED, tuple(pieces))
    else:
        yield _whole(Op.DELETE, old)
        yield _whole(Op.INSERT, new)


def _by_sentences(old: str, new: str, effort: Effort) -> list[Piece]:
    """Pieces of sentences; within two that are alike, words if that is possible."""
    before, after = SENTENCE.findall(old), SENTENCE.findall(new)
    pieces: list[Piece] = []
    if "".join(before) != old or "".join(after) != new:
        return [Piece(Op.DELETE, old), Piece(Op.INSERT, new)]
    at, to = 0, 0
    effort.spend(len(before) + len(after))
    for left, right in [*_anchors(before, after), (len(before), len(after))]:
        pieces += _sentences_between(before[at:left], after[to:right], effort)
        if left < len(before):
            pieces.append(Piece(Op.EQUAL, before[left]))
        at, to = left + 1, right + 1
    return _joined(pieces)


def _sentences_between(before: list[str], after: list[str], effort: Effort) -> list[Piece]:
    pieces: list[Piece] = []
    at, to = 0, 0
    for left, right in [*_pairs(before, after, effort), (len(before), len(after))]:
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
    weight = _weight(pieces[at].text)
    return weight <= min(ISLAND, 2 * _around(pieces, at, -1), 2 * _around(pieces, at, 1))


def _around(pieces: Sequence[Piece], at: int, step: int) -> int:
    """The weight of the change that touches this piece on one side."""
    weight, place = 0, at + step
    while 0 <= place < len(pieces) and pieces[place].op is not Op.EQUAL:
        weight = max(weight, _weight(pieces[place].text))
        place += step
    return weight


def _weight(text: str) -> int:
    """How much of the eye's attention words hold: a Chinese character is worth two letters, a sign nothing."""
    return sum(2 if IS_WIDE.match(sign) else 1 for sign in text if sign.isalnum())
