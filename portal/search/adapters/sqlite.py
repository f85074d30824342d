"""FTS5 over the tokens, and an index of facts."""

# ruff: noqa: S608 - the parts of statements are ours; every value is a parameter

from portal.search.adapters.base import Adapter, Sql, Wanted, When, narrowed, spelt
from portal.search.parsing import Atom, Clause


class SQLite(Adapter):
    """The question as one MATCH expression; facts from the index that has them all."""

    def source(self, wanted: Wanted) -> Sql:
        narrow, values = narrowed(wanted)
        sql = f"""FROM search_index i CROSS JOIN search_searchentry e INDEXED BY search_entry_facts ON e.id = i.rowid
            WHERE i.tokens MATCH %s{narrow}"""
        return sql, [expression(wanted), *values]

    def walk(self, wanted: Wanted, when: When) -> Sql:
        condition, values = self.condition(wanted)
        index = {"date": "search_entry_newest", "since": "search_entry_since"}[when]
        return f"FROM search_searchentry e INDEXED BY {index} WHERE {condition}", values

    def condition(self, wanted: Wanted) -> Sql:
        narrow, values = narrowed(wanted)
        sql = f"EXISTS (SELECT 1 FROM search_index i WHERE i.tokens MATCH %s AND i.rowid = e.id){narrow}"
        return sql, [expression(wanted), *values]


def expression(wanted: Wanted) -> str:
    """The MATCH expression. Every token stands in quotes, so that none is taken for an operator."""
    question = wanted.question
    joint = " OR " if question.any_of else " AND "
    asked = joint.join(_clause(clause, wanted.mark) for clause in question.positive)
    chosen = ["(" + " OR ".join(f'"{token}"' for token in tokens) + ")" for tokens in wanted.choices]
    whole = " AND ".join([*([f"({asked})"] if asked else []), *chosen])
    if not question.negative:
        return whole
    return f"({whole}) NOT ({' OR '.join(_clause(clause, wanted.mark) for clause in question.negative)})"


def _clause(clause: Clause, mark: str) -> str:
    options = [" AND ".join(_atom(atom, mark) for atom in option) for option in clause.options]
    return "(" + " OR ".join(f"({option})" for option in options) + ")"


def _atom(atom: Atom, mark: str) -> str:
    return f'"{" ".join(spelt(atom, mark))}"{" *" if atom.prefix else ""}'
