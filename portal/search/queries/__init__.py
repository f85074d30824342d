"""Reads: the answers to a question, best matches, suggestions, better spellings."""

from portal.search.queries.answers import BOUND, MOST_PAGES, PER_PAGE, Results, pages, search
from portal.search.queries.best import best
from portal.search.queries.hits import Hit, Match, hits
from portal.search.queries.kept import news, removed, saved, saved_like
from portal.search.queries.latest import newest
from portal.search.queries.spelling import corrected
from portal.search.queries.suggestions import suggestions
from portal.search.queries.synonyms import synonyms

__all__ = [
    "BOUND", "MOST_PAGES", "PER_PAGE", "Hit", "Match", "Results", "best", "corrected", "hits", "newest", "news",
    "pages", "removed", "saved", "saved_like", "search", "suggestions", "synonyms",
]  # fmt: skip
