"""A better spelling, after the titles."""

import re
from difflib import get_close_matches

from django.db.models import Max

from portal.search import parsing, tokens
from portal.search.adapters import Wanted, adapter
from portal.search.filters import Filters
from portal.search.models import SearchEntry
from portal.search.parsing import Question

TITLED = Filters(
    kind=("term", "instrument", "guideline", "regime", "list", "entry", "case", "authority", "jurisdiction"),
    language=("en",),
)
VOCABULARY = 4000
"""Titles whose words are known."""
NEAR = 0.78

_known: tuple[int, list[str], frozenset[str]] = (-1, [], frozenset())


def corrected(typed: str, question: Question) -> str:
    """What was typed with unknown Latin words put right after the titles; "" where that changes nothing."""
    unknown = [atom.tokens[0] for atom in question.atoms if atom.stream == "words" and len(atom.tokens) == 1]
    if not unknown:
        return ""
    words, stems = _vocabulary()

    def better(match: re.Match[str]) -> str:
        word = match[0].lower()
        if not word.isascii() or len(word) < 4 or (tokens.stems(word) or [""])[0] in stems:
            return match[0]
        near = [other for other in words if abs(len(other) - len(word)) < 3 and _alike(other, word)]
        return next(iter(get_close_matches(word, near, n=1, cutoff=NEAR)), match[0])

    proposal = re.sub(r"(?<![:\w])[A-Za-z]+(?![\w:])", better, typed[: parsing.LONGEST])
    return proposal if proposal != typed[: parsing.LONGEST] else ""


def _alike(one: str, other: str) -> bool:
    return one[0] == other[0] or one[-2:] == other[-2:]


def _vocabulary() -> tuple[list[str], frozenset[str]]:
    """The words of titles and their stems, remembered until an entry is added. One query, or three."""
    global _known  # noqa: PLW0603 - what a process remembers
    last = SearchEntry.objects.aggregate(last=Max("id"))["last"] or 0
    if _known[0] != last:
        rows = adapter().found(Wanted(Question(), TITLED), language="en", limit=VOCABULARY)
        titles = SearchEntry.objects.filter(pk__in=[row[0] for row in rows], part="").values_list("title", flat=True)
        words = sorted({word for title in titles for word in re.findall(r"[a-z]{4,}", tokens.fold(title))})
        _known = (last, words, frozenset(stem for word in words for stem in tokens.stems(word)))
    return _known[1], _known[2]
