"""The pages whose key or code was typed."""

import re
from collections.abc import Iterable

from django.db.models import Q

from portal.references import keys as key_rules
from portal.search import parsing, tokens
from portal.search.models import SearchEntry
from portal.search.parsing import Question
from portal.search.queries.hits import SHOWN, Hit, hit

BEST = 3


def best(typed: str, question: Question, *, language: str) -> list[Hit]:
    """The pages whose key or code was typed: `cn-ecl/art-12`, `cn-ecl art 12`, `9A515`, `ear 744.21`. One query."""
    condition = _named(tokens.fold(typed[: parsing.LONGEST]).strip())
    if condition is None:
        return []
    rows: dict[int, dict[str, SearchEntry]] = {}
    for row in SearchEntry.objects.filter(condition, part="").only(*SHOWN).order_by("key")[:20]:
        rows.setdefault(row.fold, {})[row.language] = row
    if len(rows) > BEST:
        return []
    atoms = list(dict.fromkeys(question.atoms))
    return [hit(mine.get(language) or next(iter(mine.values())), atoms, mine) for mine in rows.values()]


def _named(folded: str) -> Q | None:
    """The condition on the keys that were perhaps typed; None where it does not look like one."""
    parts = re.sub(r"\b(?:article|section|§+)\s*", lambda found: ARTICLES.get(found[0].strip(), ""), folded).split()
    if not parts or len(parts) > 4:
        return None
    condition = Q(key__in=_keys([folded, "-".join(parts), f"{parts[0]}/{'-'.join(parts[1:])}"]))
    codes = _keys([key_rules.from_code(folded), key_rules.from_code("".join(parts))])
    condition |= Q(code__in=[code for code in codes if re.search(r"\d", code) and not code.isdigit()])
    if len(parts) > 1:
        last = _keys([key_rules.from_code(" ".join(parts[1:])), "-".join(parts[1:])])
        condition |= Q(code__in=[code for code in last if re.search(r"\d", code)], key__contains=parts[0])
    return condition


ARTICLES = {"article": "art-", "section": "", "§": "", "§§": ""}


def _keys(candidates: Iterable[str]) -> list[str]:
    return [key for key in dict.fromkeys(candidates) if key_rules.valid(key)]
