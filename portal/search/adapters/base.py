"""What the two databases have in common: folding the languages of a page, filters, facets, order."""

# ruff: noqa: S608 - the parts of statements are ours; every value is a parameter

from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from portal.search.filters import COLUMNS, LABELS, Filters, Sql
from portal.search.parsing import Question

SUGGESTIONS = 30
MINE = "CASE WHEN e.language = %s THEN 1 ELSE 0 END AS mine"


@dataclass(frozen=True, slots=True)
class Match:
    """A page that answers; `mine` when it does so in the reader's language."""

    fold: int
    mine: bool


@dataclass(slots=True)
class Counts:
    """How many pages answer; facet -> value -> how many, each facet without its own filter."""

    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


class Adapter(ABC):
    """The statements of one database. Every value goes in as a parameter."""

    @abstractmethod
    def source(self, question: Question) -> Sql:
        """`FROM … WHERE …` of the entries `e` that answer a question."""

    @abstractmethod
    def titled(self, question: Question) -> Sql:
        """As `source`, looking at titles only."""

    @abstractmethod
    def ranked(self, question: Question, filters: Filters, *, by_date: bool, language: str) -> Sql:
        """The statement of the matches as (fold, mine, score, date); `score` is anything when `by_date`."""

    def matches(
        self, question: Question, filters: Filters, *, sort: str, language: str, offset: int, limit: int
    ) -> list[Match]:
        """The pages that answer, those that do so in the reader's language first; by date when `sort` is `date`."""
        ranked, values = self.ranked(question, filters, by_date=sort == "date", language=language)
        order = "day DESC NULLS LAST, fold" if sort == "date" else "mine DESC, best DESC, fold"
        rows = self.rows(
            f"""
            WITH ranked AS MATERIALIZED ({ranked})
            SELECT fold, MAX(mine) AS mine, MAX(score) AS best, MAX(date) AS day FROM ranked
            GROUP BY fold ORDER BY {order} LIMIT %s OFFSET %s
            """,
            [*values, limit, offset],
        )
        return [Match(int(row[0]), bool(row[1])) for row in rows]

    def counts(self, question: Question, filters: Filters) -> Counts:
        """The total and all facets, in one query."""
        source, values = self.source(question)
        narrow, narrowed = filters.where("m")
        branches = [f"SELECT 'total', '', COUNT(*) FROM matched m WHERE {narrow}"]
        parameters = [*values, *narrowed]
        for facet in COLUMNS:
            narrow, narrowed = filters.without(facet).where("m")
            branches.append(
                f"SELECT '{facet}', CAST(m.{facet} AS varchar(60)), COUNT(*) FROM matched m "
                f"WHERE {narrow} GROUP BY m.{facet}"
            )
            parameters += narrowed
        for facet in LABELS:
            narrow, narrowed = filters.without(facet).where("m")
            branches.append(
                f"SELECT '{facet}', x.value, COUNT(*) FROM matched m JOIN search_searchlabel x ON x.fold = m.fold "
                f"AND x.facet = '{facet}' WHERE {narrow} GROUP BY x.value"
            )
            parameters += narrowed
        found = Counts()
        sql = f"""
            WITH matched AS MATERIALIZED (SELECT DISTINCT e.fold, e.kind, e.authority, e.regime, e.year {source})
            {" UNION ALL ".join(branches)}
        """
        for name, value, n in self.rows(sql, parameters):
            if name == "total":
                found.total = int(n)
            elif value:
                found.facets[name][value] = n
        return found

    def suggestions(self, question: Question, *, language: str) -> list[int]:
        """The folds of pages whose title has these words, the last one perhaps only begun."""
        source, values = self.titled(question)
        sql = f"""
            SELECT e.fold {source} AND e.part = ''
            ORDER BY CASE WHEN e.language = %s THEN 0 ELSE 1 END, e.weight DESC, LENGTH(e.title), e.id
            LIMIT {SUGGESTIONS}
        """
        return list(dict.fromkeys(int(row[0]) for row in self.rows(sql, [*values, language])))

    def rows(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
