"""A better spelling, after the titles."""

import re
from difflib import get_close_matches

from portal.search import parsing, tokens
from portal.search.models import SearchEntry
from portal.search.parsing import Question

TITLED = ["term", "instrument", "guideline", "regime", "list", "entry", "case", "authority", "jurisdiction"]
VOCABULARY = 4000


def corrected(typed: str, question: Question) -> str:
    """What was typed with unknown Latin words put right after the titles; "" where that changes nothing."""
    unknown = [atom.tokens[0] for atom in question.atoms if atom.stream == "words" and len(atom.tokens) == 1]
    if not unknown:
        return ""
    vocabulary = _vocabulary()
    stems = {tokens.stems(word)[0] for word in vocabulary}

    def better(match: re.Match[str]) -> str:
        word = match[0].lower()
        if not word.isascii() or len(word) < 4 or (tokens.stems(word) or [""])[0] in stems:
            return match[0]
        return next(iter(get_close_matches(word, vocabulary, n=1, cutoff=0.78)), match[0])

    proposal = re.sub(r"(?<![:\w])[A-Za-z]+(?![\w:])", better, typed[: parsing.LONGEST])
    return proposal if proposal != typed[: parsing.LONGEST] else ""


def _vocabulary() -> list[str]:
    titles = SearchEntry.objects.filter(language="en", part="", kind__in=TITLED).values_list("title", flat=True)
    return sorted({word for title in titles[:VOCABULARY] for word in re.findall(r"[a-z]{4,}", tokens.fold(title))})
