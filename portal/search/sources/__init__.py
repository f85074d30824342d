"""What the apps have for the index: one function for each kind of row, in a registry.

A source yields `Piece`s: what a reader finds, before it is turned into tokens. Bodies are Markdown, or plain
text where the app has it plain. To make another kind of thing searchable, write a function `(keys) -> pieces`
and add it to SOURCES. `keys` None is everything; otherwise at least the pieces of those keys (others are
dropped). Only what everybody may read, and never the answers of questions.
"""

from collections.abc import Callable, Iterable, Iterator

from portal.search.sources import cases, controls, guidance, learning, notices
from portal.search.sources.pieces import Keys, Piece, plain

__all__ = ["SOURCES", "Keys", "Piece", "Source", "pieces", "plain"]

Source = Callable[[Keys], Iterable[Piece]]
SOURCES: dict[str, Source] = {
    "jurisdiction": controls.jurisdictions,
    "authority": controls.authorities,
    "regime": controls.regimes,
    "list": controls.lists,
    "entry": controls.entries,
    "instrument": guidance.instruments,
    "provision": guidance.provisions,
    "guideline": guidance.guidelines,
    "term": guidance.terms,
    "event": guidance.events,
    "flag": guidance.flags,
    "case": cases.typical_cases,
    "notice": notices.published,
    "course": learning.offered,
    "framework": learning.frameworks,
    "questionnaire": learning.questionnaires,
}


def pieces(keys: Keys) -> Iterator[Piece]:
    """All pieces, or those of these keys."""
    for source in SOURCES.values():
        yield from (piece for piece in source(keys) if keys is None or piece.key in keys)
