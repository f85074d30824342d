"""A GIN over the lexemes of an entry, pieces of phrases among them: docs/decisions/0029.

A GIN does not know where a lexeme stands, so the function `search_tokens` (migrations/_pieces.py) makes one more
lexeme of two neighbouring words (`+end+use`), and of three and four characters of a Chinese run (`+=出口管制`).
Such short phrases are found by the index alone; of longer ones the index finds what has all their pieces, and the
tokens of these few are read.
"""

# ruff: noqa: S608 - the parts of statements are ours; every value is a parameter

from itertools import pairwise
from typing import Any

from django.db import connection

from portal.search import ranking
from portal.search.adapters.base import Adapter, Found, Sql, Wanted, When, narrowed, order, spelt
from portal.search.parsing import Atom, Clause

PLAN = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '16MB'"
LOOKED_AT = 2_000
"""The newest entries whose tokens are read before the index is asked for all that answer."""
INDEXED = "search_tokens(e.tokens)"
RUN = 3
"""Pairs of characters in the longest piece of a Chinese run."""


class PostgreSQL(Adapter):
    """The question as one tsquery, so that the index itself resolves all of and, or, not, and the filters."""

    def source(self, wanted: Wanted) -> Sql:
        narrow, values = narrowed(wanted)
        check, checks = _checked(wanted)
        sql = f"FROM search_searchentry e WHERE {INDEXED} @@ %s::tsquery{narrow}{check}"
        return sql, [expression(wanted), *values, *checks]

    def walk(self, wanted: Wanted, when: When) -> Sql:
        condition, values = self.condition(wanted)
        newest = f"SELECT * FROM search_searchentry e ORDER BY {order(when)} LIMIT {LOOKED_AT:d}"
        return f"FROM ({newest}) e WHERE {condition}", values

    def condition(self, wanted: Wanted) -> Sql:
        narrow, values = narrowed(wanted)
        question = wanted.question
        texts = [
            *([_joint(question.positive, wanted.mark, any_of=question.any_of)] if question.positive else []),
            *([_negated(question.negative, wanted.mark)] if question.negative else []),
            *(_either([_has(f" {token} ") for token in choice]) for choice in wanted.choices),
        ]
        sql, checks = _read(texts)
        return f"{sql}{narrow}", [*checks, *values]

    def newest(self, wanted: Wanted, *, language: str, limit: int, when: When) -> list[Found]:
        """First among the newest of all: where much answers, some of these do. Else all that answers is sorted."""
        rows = super().newest(wanted, language=language, limit=limit, when=when)
        if len(rows) == limit:
            return rows
        return self.ordered(self.source(wanted), language=language, limit=limit, when=when)

    def rows(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        """With what the planner does not know: the tokens stand beside the table, reading all of them is slow."""
        with connection.cursor() as cursor:
            cursor.execute(f"{PLAN}; {sql}", parameters)
            while cursor.nextset():
                pass
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


# --- What the index is asked -----------------------------------------------------------------------------------------


def expression(wanted: Wanted) -> str:
    """The tsquery of what can answer. Every lexeme stands in quotes; none has a quote or a backslash in it."""
    question = wanted.question
    asked = (" | " if question.any_of else " & ").join(_clause(clause, wanted.mark) for clause in question.positive)
    chosen = ["(" + " | ".join(f"'{token}'" for token in tokens) + ")" for tokens in wanted.choices]
    unwanted = [f"!{_clause(clause, wanted.mark)}" for clause in question.negative if _is_whole(clause)]
    return " & ".join([*([f"({asked})"] if asked else []), *chosen, *unwanted])


def _clause(clause: Clause, mark: str) -> str:
    options = [" & ".join(piece for atom in option for piece in pieces(atom, mark)) for option in clause.options]
    return "(" + " | ".join(f"({option})" for option in options) + ")"


def pieces(atom: Atom, mark: str) -> list[str]:
    """The lexemes that an entry with this atom has, as operands of a tsquery."""
    tokens = spelt(atom, mark)
    if len(tokens) == 1:
        lexemes = tokens
    elif atom.stream == "words":
        lexemes = [f"+{one}+{two}" for one, two in pairwise(tokens)]
    elif len(tokens) < RUN:
        # Three characters: of four, or at the end of their run.
        return [f"'{_run(tokens)}':*"]
    else:
        # At each place: a piece more costs the index little, an entry less to be read saves much.
        lexemes = [_run(tokens[start : start + RUN]) for start in range(len(tokens) - RUN + 1)]
    return [f"'{lexeme}'" for lexeme in lexemes[:-1]] + [f"'{lexemes[-1]}'" + (":*" if atom.prefix else "")]


def _run(pairs: list[str]) -> str:
    return "+" + pairs[0] + "".join(pair[-1] for pair in pairs[1:])


def _is_whole(clause: Clause) -> bool:
    """Whether an entry that has the pieces of a clause has what it asks for."""
    return all(
        len(atom.tokens) <= (2 if atom.stream == "words" else RUN) for option in clause.options for atom in option
    )


# --- What is read in tokens ------------------------------------------------------------------------------------------


def _checked(wanted: Wanted) -> Sql:
    """The clauses that the index does not answer to the end, as ` AND …`."""
    question, mark = wanted.question, wanted.mark
    asked = [clause for clause in question.positive if not _is_whole(clause)]
    if asked and question.any_of:
        asked = list(question.positive)
    unwanted = [clause for clause in question.negative if not _is_whole(clause)]
    texts = [
        *([_joint(asked, mark, any_of=question.any_of)] if asked else []),
        *([_negated(unwanted, mark)] if unwanted else []),
    ]
    if not texts:
        return "", []
    sql, values = _read(texts)
    return f" AND {sql}", values


def _read(texts: list[Sql]) -> Sql:
    """All of these conditions on the tokens of an entry `e`, which are fetched once."""
    sql, values = _all(texts)
    return f"(SELECT {sql} FROM (SELECT ' ' || e.tokens || ' ' AS stream OFFSET 0) AS held)", values


def _joint(clauses: Any, mark: str, *, any_of: bool = False) -> Sql:
    texts = [_text(clause, mark) for clause in clauses]
    return _either(texts) if any_of else _all(texts)


def _negated(clauses: Any, mark: str) -> Sql:
    sql, values = _joint(clauses, mark, any_of=True)
    return f"NOT {sql}", values


def _text(clause: Clause, mark: str) -> Sql:
    return _either([_all([_has(ranking.needle(atom, mark)) for atom in option]) for option in clause.options])


def _has(needle: str) -> Sql:
    return "strpos(stream, %s) > 0", [needle]


def _all(texts: list[Sql]) -> Sql:
    return _join(" AND ", texts)


def _either(texts: list[Sql]) -> Sql:
    return _join(" OR ", texts)


def _join(word: str, texts: list[Sql]) -> Sql:
    return "(" + word.join(sql for sql, _values in texts) + ")", [value for _sql, values in texts for value in values]
