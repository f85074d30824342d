"""Typical cases."""

from collections.abc import Iterator

from portal.cases import queries as cases
from portal.cases.models import Case, Facet
from portal.core import texts
from portal.search.sources.pieces import Keys, Piece, ends, record


def typical_cases(keys: Keys) -> Iterator[Piece]:
    rows = cases.cases().prefetch_related("labels")
    slugs = ends(keys, "case/")
    for row in rows if slugs is None else rows.filter(slug__in=slugs[:5000]):
        labels = cases.labels_of(row)
        yield from record(
            row.key,
            "case",
            row.title,
            *_case_bodies(row),
            jurisdictions=(row.jurisdiction.code,),
            authority=next(iter(sorted(labels.get(Facet.AUTHORITY, []))), ""),
            topics=("space",) if row.space_related else (),
            date=row.sort_date,
        )


def _case_bodies(row: Case) -> list[object]:
    """What happened, who and what, what to learn, and the codes of the items."""
    names = "; ".join(respondent["name"] for respondent in row.respondents)
    codes = " ".join(
        dict.fromkeys(key.partition("/")[2].upper() for item in row.items for key in item.get("entries", []))
    )
    both = {code: words for code in texts.LANGUAGE_CODES if (words := " ".join([names, codes]).strip())}
    described = [item["description"] for item in row.items]
    return [
        row.summary,
        row.facts,
        *described,
        *row.lessons,
        *row.red_flags,
        *row.aggravating,
        *row.mitigating,
        row.penalty_note,
        both,
    ]
