"""What the two databases have in common: which entries answer a question, up to a bound.

An adapter only finds rows; counting, ranking and order are Python's (tally, ranking), so that both databases
give the same answers.
"""

# ruff: noqa: S608 - the parts of statements are ours; every value is a parameter

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection

from portal.core.texts import LANGUAGE_CODES
from portal.search import tokens
from portal.search.filters import ALL, Filters
from portal.search.parsing import Atom, Question
from portal.search.profiles import COUNTED

Sql = tuple[str, list[Any]]


Found = tuple[Any, ...]
"""An entry that answers: its number, its fold, its profile times two and one more in the reader's language; then
what was wanted besides. Bare tuples: there are thousands."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with all that narrows it. `mark` is tokens.TITLE or FIRST to look at titles only."""

    question: Question
    filters: Filters = ALL
    on: dt.date | None = None
    mark: str = ""

    @property
    def choices(self) -> list[list[str]]:
        """The tokens of chosen facets: one of each list. States are of a day and have none."""
        lists = [
            [tokens.fact(facet, value) for value in filters.of(facet)]
            for filters in (self.question.filters, self.filters)
            for facet in (*COUNTED, "language")
            if filters.of(facet)
        ]
        if not lists and not self.question.positive:
            return [[tokens.fact("language", code) for code in LANGUAGE_CODES]]
        return lists


When = Literal["", "date", "since"]
ORDERS = {"date": "e.date DESC NULLS LAST, e.fold", "since": "e.since DESC, e.id"}
COLUMNS = "e.id, e.fold, e.profile * 2 + CASE WHEN e.language = %s THEN 1 ELSE 0 END"


class Adapter(ABC):
    """The statements of one database. Every value goes in as a parameter."""

    @abstractmethod
    def source(self, wanted: Wanted) -> Sql:
        """`FROM … WHERE …` of the entries `e` that answer."""

    @abstractmethod
    def walk(self, wanted: Wanted, when: When) -> Sql:
        """As `source`, perhaps of the newest alone, quick where one row in a few answers, in order of time."""

    @abstractmethod
    def condition(self, wanted: Wanted) -> Sql:
        """Whether a row `e` answers, for a few rows that are known otherwise."""

    def found(self, wanted: Wanted, *, language: str, limit: int, when: When = "") -> list[Found]:
        """Entries that answer, in any order: all of them, or `limit`; with the column `when` if it is wanted."""
        source, values = self.source(wanted)
        columns = f"{COLUMNS}, e.{when}" if when else COLUMNS
        return self.rows(f"SELECT {columns} {source} LIMIT {limit:d}", [language, *values])

    def newest(self, wanted: Wanted, *, language: str, limit: int, when: When) -> list[Found]:
        """The newest entries that answer, for answers that are too many to be sorted."""
        return self.ordered(self.walk(wanted, when), language=language, limit=limit, when=when)

    def ordered(self, source: Sql, *, language: str, limit: int, when: When) -> list[Found]:
        """The newest entries of `FROM … WHERE …`."""
        sql, values = source
        statement = f"SELECT {COLUMNS}, e.{when} {sql} ORDER BY {order(when)} LIMIT {limit:d}"
        return self.rows(statement, [language, *values])

    def news(self, asked: list[tuple[Wanted, dt.datetime]], *, limit: int) -> list[tuple[int, bool]]:
        """For each question how many pages of the last `limit` entries since a moment answer it, and whether
        there were more than these. One statement for all."""
        parts, values = [], list[Any]()
        for number, (wanted, since) in enumerate(asked):
            condition, conditions = self.condition(wanted)
            recent = f"SELECT * FROM search_searchentry WHERE since > %s ORDER BY since DESC, id LIMIT {limit:d}"
            counted = f"SELECT COUNT(*) FROM (SELECT 1 FROM search_searchentry WHERE since > %s LIMIT {limit + 1:d}) n"
            parts.append(f"SELECT {number:d}, ({counted}), COUNT(DISTINCT e.fold) FROM ({recent}) e WHERE {condition}")
            values += [since, since, *conditions]
        rows = self.rows(" UNION ALL ".join(parts), values) if parts else []
        return [(int(pages), int(entries) > limit) for _number, entries, pages in sorted(rows)]

    def rows(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


def order(when: When) -> str:
    """The newest first, in the order of an index."""
    return ORDERS[when]


def narrowed(wanted: Wanted) -> Sql:
    """The conditions that are no tokens: dates and states, as ` AND …`."""
    parts, values = [], list[Any]()
    dates = wanted.question.dates
    if dates.after:
        parts.append(" AND e.date >= %s")
        values.append(dates.after)
    if dates.before:
        parts.append(" AND e.date <= %s")
        values.append(dates.before)
    for filters in (wanted.question.filters, wanted.filters):
        if not filters.state or wanted.on is None:
            continue
        states = [STATES[state] for state in filters.state if state in STATES]
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
