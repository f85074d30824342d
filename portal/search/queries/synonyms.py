"""The words of the glossary in the other language."""

from portal.core import texts
from portal.guidance import queries as guidance
from portal.search import parsing


def synonyms() -> list[parsing.Synonym]:
    """The glossary's terms in both languages."""
    rows = (texts.as_dict(term) for term in guidance.terms().values_list("term", flat=True))
    return [parsing.Synonym(row["en"], row["zh-hans"]) for row in rows if row.get("en") and row.get("zh-hans")]
