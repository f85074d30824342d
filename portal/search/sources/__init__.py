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


PREFIXES = {
    "jurisdiction": "jurisdiction/",
    "authority": "authority/",
    "regime": "regime/",
    "guideline": "guide/",
    "term": "term/",
    "event": "event/",
    "flag": "flag/",
    "case": "case/",
    "notice": "notice/",
    "course": "course/",
}
"""How all keys of a source begin: one that has none of the wanted keys is not asked."""


def pieces(keys: Keys) -> Iterator[Piece]:
    """All pieces, or those of these keys."""
    for name, source in SOURCES.items():
        prefix = PREFIXES.get(name, "")
        if keys is not None and not any(key.startswith(prefix) for key in keys):
            continue
        yield from (piece for piece in source(keys) if keys is None or piece.key in keys)
