"""What a reader may mean who is still typing."""

from portal.references.queries import addresses
from portal.search import parsing, tokens
from portal.search.adapters import Wanted, adapter
from portal.search.models import SearchEntry
from portal.search.parsing import Question
from portal.search.queries.hits import Hit, Match, hits

SUGGESTED = 8
LOOKED_AT = 400
"""Titles that are put in order; of more, any of them."""


def suggestions(typed: str, *, language: str) -> list[Hit]:
    """Pages whose title begins to look like what is being typed: in the reader's language first. Five queries."""
    question = parsing.beginning(typed)
    if question.empty:
        return []
    rows = _titled(question, tokens.FIRST)
    if len({fold for fold, *_ in rows}) < SUGGESTED:
        rows += _titled(question, tokens.TITLE)
    start = tokens.fold(typed.strip())

    def place(row: SearchEntry) -> tuple[bool, bool, float, int, int]:
        begins = tokens.fold(row.title).startswith(start)
        return not begins, row.language != language, -row.weight, len(row.title), row.fold

    listed = SearchEntry.objects.filter(pk__in=[pk for pk, *_ in rows], part="")
    listed = listed.only("fold", "language", "title", "weight")
    folds = dict.fromkeys(row.fold for row in sorted(listed, key=place))
    own = {row.fold for row in listed if row.language == language}
    found = hits([Match(fold, fold in own) for fold in list(folds)[:SUGGESTED]], question, language)
    book = addresses(hit.entry.key for hit in found)
    for hit in found:
        hit.address = book.get(hit.entry.key)
    return found


def _titled(question: Question, mark: str) -> list[tuple[int, int]]:
    found = adapter().found(Wanted(question, mark=mark), language="", limit=LOOKED_AT)
    return [(row[0], row[1]) for row in found]
