"""What the two databases have in common: which entries answer a question, up to a bound.

An adapter only finds rows; counting, ranking and order are Python's (tally, ranking), so that both databases
give the same answers.
"""

# ruff: noqa: S608 - the parts of statements are ours; every value is a parameter

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from portal.search import tokens
from portal.search.filters import ALL, ALWAYS, Dates, Filters
from portal.search.parsing import Atom, Question

Sql = tuple[str, list[Any]]


class Found(NamedTuple):
    """An entry that answers; `mine` when it is in the reader's language."""

    id: int
    fold: int
    profile: int
    mine: int
    date: dt.date | str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with all that narrows it. `mark` is tokens.TITLE or FIRST to look at titles only."""

    question: Question
    filters: Filters = ALL
    dates: Dates = ALWAYS
    on: dt.date | None = None
    mark: str = ""

    @property
    def choices(self) -> list[list[str]]:
        """The tokens of chosen facets: one of each list. States are of a day and have none."""
        return [
            [tokens.fact(facet, value) for value in self.filters.of(facet)]
            for facet in ("kind", "jurisdiction", "regime", "topic", "authority", "year", "language")
            if self.filters.of(facet)
        ]


COLUMNS = "e.id, e.fold, e.profile, CASE WHEN e.language = %s THEN 1 ELSE 0 END"


class Adapter(ABC):
    """The statements of one database. Every value goes in as a parameter."""

    @abstractmethod
    def source(self, wanted: Wanted) -> Sql:
        """`FROM … WHERE …` of the entries `e` that answer."""

    @abstractmethod
    def walk(self, wanted: Wanted) -> Sql:
        """As `source`, in a way that is quick where one row in a few answers and rows come in order of date."""

    def found(self, wanted: Wanted, *, language: str, limit: int, dated: bool = False) -> list[Found]:
        """Entries that answer, in any order: all of them, or `limit`."""
        source, values = self.source(wanted)
        columns = f"{COLUMNS}, e.date" if dated else COLUMNS
        return self._found(f"SELECT {columns} {source} LIMIT {limit:d}", [language, *values])

    def newest(self, wanted: Wanted, *, language: str, limit: int) -> list[Found]:
        """The newest entries that answer, for answers that are too many to be sorted."""
        source, values = self.walk(wanted)
        sql = f"SELECT {COLUMNS}, e.date {source} ORDER BY e.date DESC NULLS LAST, e.fold LIMIT {limit:d}"
        return self._found(sql, [language, *values])

    def _found(self, sql: str, values: list[Any]) -> list[Found]:
        return [Found(*row) for row in self.rows(sql, values)]

    def rows(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


def narrowed(wanted: Wanted) -> Sql:
    """The conditions that are no tokens: dates and states, as ` AND …`."""
    parts, values = [], list[Any]()
    if wanted.dates.after:
        parts.append(" AND e.date >= %s")
        values.append(wanted.dates.after)
    if wanted.dates.before:
        parts.append(" AND e.date <= %s")
        values.append(wanted.dates.before)
    if wanted.filters.state and wanted.on:
        states = [STATES[state] for state in wanted.filters.state if state in STATES]
        condition = " OR ".join(f"({sql})" for sql, _count in states) or "1=0"
        parts.append(f" AND e.profile IN (SELECT p.id FROM search_searchprofile p WHERE {condition})")
        values += [wanted.on] * sum(count for _sql, count in states)
    return "".join(parts), values


LIVING = "(p.valid_until IS NULL OR p.valid_until > %s)"
FREE = f"{LIVING} AND (p.suspended_until IS NULL OR p.suspended_until <= %s)"
STATES = {
    "repealed": ("p.valid_until <= %s", 1),
    "suspended": (f"{LIVING} AND p.suspended_until > %s", 2),
    "in_force": (f"{FREE} AND p.valid_from <= %s", 3),
    "future": (f"{FREE} AND p.valid_from > %s", 3),
}
"""The condition of each state on a profile `p`, and how often the day stands in it: as profiles.state."""


def spelt(atom: Atom, mark: str) -> list[str]:
    """The tokens of an atom as they stand in the index."""
    stream = tokens.EXACT if atom.stream == "exact" else ""
    return [f"{mark}{stream}{token}" for token in atom.tokens]
