"""Which pieces of two sequences of texts belong together: equal ones as anchors, the others by their likeness."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

# An ideograph or kana alone; a word or number with what joins it (744.21, end-use); white space; any other sign.
WIDE = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = re.compile(rf"[{WIDE}]|(?:(?![{WIDE}])\w)+(?:[.'’-](?:(?![{WIDE}])\w)+)*|\s+|.", re.DOTALL)
IS_WIDE = re.compile(rf"[{WIDE}]")

LIKE = 0.4  # from this share of common words on, two texts are states of one
NEAR = 12  # how far apart texts of one may stand among very many
PAIRS = 4096  # up to so many pairs of texts, each is weighed against each


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


def anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
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


def pairs(before: Sequence[str], after: Sequence[str], effort: Effort) -> list[tuple[int, int]]:
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
