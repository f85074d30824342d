"""One tsvector with a GIN index."""

from typing import Any

from django.db import connection

from portal.search.adapters.base import Adapter, Sql, Wanted, When, narrowed, spelt
from portal.search.parsing import Atom, Clause

PLAN = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"


class PostgreSQL(Adapter):
    """The question as one tsquery, so that the index itself resolves all of and, or, not, and the filters."""

    def source(self, wanted: Wanted) -> Sql:
        condition, values = self.condition(wanted)
        return f"FROM search_searchentry e WHERE {condition}", values

    def walk(self, wanted: Wanted, when: When) -> Sql:
        return self.source(wanted)

    def condition(self, wanted: Wanted) -> Sql:
        narrow, values = narrowed(wanted)
        return f"e.vector @@ %s::tsquery{narrow}", [expression(wanted), *values]

    def rows(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        """With what the planner does not know: a vector stands beside the table, reading all of them is slow."""
        with connection.cursor() as cursor:
            cursor.execute(f"{PLAN}; {sql}", parameters)
            while cursor.nextset():
                pass
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


def expression(wanted: Wanted) -> str:
    """The tsquery. Every token stands in quotes; none has a quote or a backslash in it."""
    question = wanted.question
    asked = (" | " if question.any_of else " & ").join(_clause(clause, wanted.mark) for clause in question.positive)
    chosen = ["(" + " | ".join(f"'{token}'" for token in tokens) + ")" for tokens in wanted.choices]
    unwanted = [f"!{_clause(clause, wanted.mark)}" for clause in question.negative]
    return " & ".join([*([f"({asked})"] if asked else []), *chosen, *unwanted])


def _clause(clause: Clause, mark: str) -> str:
    return "(" + " | ".join(f"({_option(option, mark)})" for option in clause.options) + ")"


def _option(option: tuple[Atom, ...], mark: str) -> str:
    return " & ".join(f"({_atom(atom, mark)})" for atom in option)


def _atom(atom: Atom, mark: str) -> str:
    lexemes = [f"'{token}'" for token in spelt(atom, mark)]
    return " <-> ".join(lexemes) + (":*" if atom.prefix else "")
