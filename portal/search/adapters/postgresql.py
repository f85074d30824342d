"""Two tsvector columns, each with a GIN index."""

# ruff: noqa: S608 - the parts of statements are ours; every value is a parameter

from typing import Any

from portal.search.adapters.base import MINE, Adapter
from portal.search.filters import Filters, Sql
from portal.search.parsing import Atom, Clause, Question

CAP = 2000
WEIGHTS = "'{0.05, 0.1, 0.2, 1.0}'"  # D, C, B, A: a body is C, a title A


class PostgreSQL(Adapter):
    """The question as conditions on the two columns. Ranking reads each tsvector: only CAP candidates are ranked."""

    def source(self, question: Question) -> Sql:
        return _source(question, "")

    def titled(self, question: Question) -> Sql:
        return _source(question, "A")

    def ranked(self, question: Question, filters: Filters, *, by_date: bool, language: str) -> Sql:
        source, values = self.source(question)
        narrow, narrowed = filters.where("e")
        score, scored = ("1", list[Any]()) if by_date else _score(question)
        first = "e.date DESC NULLS LAST" if by_date else "mine DESC, e.weight DESC, e.date DESC NULLS LAST"
        sql = f"""
            SELECT c.fold, c.mine, {score} AS score, c.date FROM (
                SELECT e.fold, {MINE}, e.weight, e.date, e.words, e.exact {source} AND {narrow}
                ORDER BY {first}, e.id LIMIT {CAP}
            ) c
        """
        return sql, [*scored, language, *values, *narrowed]


def _score(question: Question) -> Sql:
    parts, values = [], list[Any]()
    for stream in ("words", "exact"):
        queries = [tsquery(atom) for atom in question.atoms if atom.stream == stream]
        if queries:
            parts.append(f"ts_rank({WEIGHTS}, c.{stream}, %s::tsquery, 1)")
            values.append(" | ".join(f"({query})" for query in queries))
    return f"({' + '.join(parts)}) * c.weight", values


def _source(question: Question, weight: str) -> Sql:
    values: list[Any] = []

    def condition(atom: Atom) -> str:
        values.append(tsquery(atom, weight))
        return f"e.{atom.stream} @@ %s::tsquery"

    def clause(row: Clause) -> str:
        options = (" AND ".join(condition(atom) for atom in option) for option in row.options)
        return "(" + " OR ".join(f"({option})" for option in options) + ")"

    joint = " OR " if question.any_of else " AND "
    wanted = joint.join(clause(row) for row in question.positive)
    unwanted = "".join(f" AND NOT {clause(row)}" for row in question.negative)
    return f"FROM search_searchentry e WHERE ({wanted}){unwanted}", values


def tsquery(atom: Atom, weight: str = "") -> str:
    """The phrase of an atom. Every token stands in quotes; none has a quote or a backslash in it."""
    tags = [weight] * len(atom.tokens)
    if atom.prefix:
        tags[-1] = "*" + weight
    lexemes = [f"'{token}':{tag}" if tag else f"'{token}'" for token, tag in zip(atom.tokens, tags, strict=True)]
    return " <-> ".join(lexemes)
