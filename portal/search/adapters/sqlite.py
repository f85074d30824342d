"""FTS5 over the token columns."""

from portal.search.adapters.base import MINE, Adapter
from portal.search.filters import Filters, Sql
from portal.search.parsing import Atom, Clause, Question

EVERYWHERE = {"words": "title_words body_words", "exact": "title_exact body_exact"}
TITLES = {"words": "title_words", "exact": "title_exact"}
RANK = "bm25(search_index, 8.0, 1.0, 8.0, 1.0)"
SOURCE = "FROM search_index JOIN search_searchentry e ON e.id = search_index.rowid WHERE search_index MATCH %s"


class SQLite(Adapter):
    """The question as one MATCH expression; bm25 with titles above bodies."""

    def source(self, question: Question) -> Sql:
        return SOURCE, [expression(question, EVERYWHERE)]

    def titled(self, question: Question) -> Sql:
        return SOURCE, [expression(question, TITLES)]

    def ranked(self, question: Question, filters: Filters, *, by_date: bool, language: str) -> Sql:
        source, values = self.source(question)
        narrow, narrowed = filters.where("e")
        score = "1" if by_date else f"-{RANK} * e.weight"
        return f"SELECT e.fold, {MINE}, {score} AS score, e.date {source} AND {narrow}", [language, *values, *narrowed]


def expression(question: Question, columns: dict[str, str]) -> str:
    """The MATCH expression. Every token stands in quotes, so that none is taken for an operator."""
    joint = " OR " if question.any_of else " AND "
    wanted = joint.join(_clause(clause, columns) for clause in question.positive)
    if not question.negative:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(_clause(clause, columns) for clause in question.negative)})"


def _clause(clause: Clause, columns: dict[str, str]) -> str:
    options = [" AND ".join(_atom(atom, columns) for atom in option) for option in clause.options]
    return "(" + " OR ".join(f"({option})" for option in options) + ")"


def _atom(atom: Atom, columns: dict[str, str]) -> str:
    return f'({{{columns[atom.stream]}}} : "{" ".join(atom.tokens)}"{" *" if atom.prefix else ""})'
