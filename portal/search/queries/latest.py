"""What was found here last."""

from portal.core import dates
from portal.search import parsing
from portal.search.adapters import Wanted, adapter
from portal.search.queries.answers import BOUND, addressed
from portal.search.queries.hits import Hit, Match, hits
from portal.search.queries.synonyms import synonyms
from portal.search.requests import Query

NEWEST = 50


def newest(query: Query, *, language: str) -> list[Hit]:
    """The pages that answer, those with the newest words first. Six queries at most."""
    wanted = wanted_by(query)
    if wanted is None:
        return []
    found = adapter().found(wanted, language=language, limit=BOUND + 1, when="since")
    if len(found) > BOUND:
        found = adapter().newest(wanted, language=language, limit=2 * NEWEST, when="since")
    found.sort(key=lambda row: (str(row[3]), row[1]), reverse=True)
    mine: dict[int, bool] = {}
    for row in found:
        mine[row[1]] = mine.get(row[1], False) or bool(row[2] & 1)
    shown = hits([Match(fold, own) for fold, own in list(mine.items())[:NEWEST]], wanted.question, language)
    addressed(shown)
    return shown


def wanted_by(query: Query) -> Wanted | None:
    """The question of a search with all that narrows it; None where nothing is asked."""
    question = parsing.parse(query.typed)
    if question.empty and not query.filters:
        return None
    question = question if query.literal else parsing.widen(question, synonyms())
    return Wanted(question, query.filters, on=query.on or dates.today())
