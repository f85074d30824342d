"""Searches that a person keeps, and what is new in them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from portal.core import dates
from portal.search import parsing
from portal.search.adapters import Wanted, adapter
from portal.search.models import SavedSearch
from portal.search.queries.synonyms import synonyms

LOOKED_THROUGH = 1000
"""Entries since the last look that are looked through for each search; of more, the newest ones."""
PROPOSED = 3


def saved(person: int) -> QuerySet[SavedSearch]:
    """What a person keeps, newest first."""
    return SavedSearch.objects.filter(user=person, removed_at=None)


def removed(person: int) -> QuerySet[SavedSearch]:
    """What a person removed and can still bring back, last one first."""
    return SavedSearch.objects.filter(user=person, removed_at__isnull=False).order_by("-removed_at")


def saved_like(person: int, typed: str) -> list[SavedSearch]:
    """A person's searches whose name or words begin or contain what is being typed; the last ones when nothing is."""
    rows = saved(person)
    if typed.strip():
        rows = rows.filter(name__icontains=typed.strip()[:60]) | rows.filter(question__icontains=typed.strip()[:60])
    return list(rows[:PROPOSED])


@dataclass(frozen=True, slots=True)
class News:
    """How many pages are new in a search; `more` when not all that is new was looked through."""

    number: int = 0
    more: bool = False


def news(rows: list[SavedSearch]) -> dict[int, News]:
    """What is new in each of these since it was looked at. Two queries, whatever their number."""
    glossary = synonyms() if rows else []
    today = dates.today()
    asked = []
    for row in rows:
        question = parsing.parse(row.question)
        question = question if row.literal else parsing.widen(question, glossary)
        asked.append((Wanted(question, row.query.filters, on=today), row.looked_at))
    counted = adapter().news(asked, limit=LOOKED_THROUGH)
    return {row.pk: News(number, more) for row, (number, more) in zip(rows, counted, strict=True)}
