"""Keeping the index true: what was published, changed or withdrawn is taken out and put in again, in sets."""

from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b

from django.db import transaction
from django.utils import translation

from portal.core import markdown, texts
from portal.references import rendering
from portal.references.queries import addresses
from portal.search import sources, tokens
from portal.search.models import SearchEntry, SearchLabel
from portal.search.sources import Piece

LONGEST_BODY = 8_000
"""Characters in one row: PostgreSQL counts positions only up to 16,383."""
BATCH = 500


@transaction.atomic
def reindex(keys: Iterable[str]) -> int:
    """Bring the entries of these keys to what the apps' rows say now; how many entries they have. Safe to repeat."""
    wanted = set(keys)
    listed = sorted(wanted)
    for start in range(0, len(listed), BATCH):
        _forget(listed[start : start + BATCH])
    return add(list(sources.pieces(wanted))) if wanted else 0


@transaction.atomic
def reindex_all() -> int:
    """Make the whole index anew; how many entries it has."""
    SearchEntry.objects.all().delete()
    SearchLabel.objects.all().delete()
    return add(list(sources.pieces(None)))


def refresh() -> int:
    """Bring the whole index to what is good today; how many entries it has. Safe to repeat and to break off.

    A portion at a time, each committed by itself: readers always find all, and writers wait for one portion at most.
    """
    keys = {piece.key for piece in sources.pieces(None)} | set(SearchEntry.objects.values_list("key", flat=True))
    listed = sorted(keys)
    return sum(reindex(listed[start : start + BATCH]) for start in range(0, len(listed), BATCH))


def _forget(keys: Collection[str]) -> None:
    rows = SearchEntry.objects.filter(key__in=keys)
    SearchLabel.objects.filter(fold__in=rows.values("fold")).delete()
    rows.delete()


def add(pieces: list[Piece]) -> int:
    """Write the entries of these pieces, which have none yet."""
    entries = list(_entries(pieces))
    SearchEntry.objects.bulk_create(entries, batch_size=BATCH)
    known = {(piece.key, piece.part): piece for piece in pieces}
    labels = {
        (entry.fold, facet, value)
        for entry in entries
        for facet, value in _labels(known[entry.key, entry.part.partition("+")[0]])
    }
    SearchLabel.objects.bulk_create(
        (SearchLabel(fold=fold, facet=facet, value=value) for fold, facet, value in sorted(labels)),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return len(entries)


def _labels(piece: Piece) -> Iterator[tuple[str, str]]:
    yield from (("jurisdiction", code) for code in piece.jurisdictions)
    yield from (("topic", topic) for topic in piece.topics)


def fold_of(key: str, part: str) -> int:
    """The number that the languages of a page or part share."""
    return int.from_bytes(blake2b(f"{key}#{part}".encode(), digest_size=8).digest(), "big", signed=True)


def _entries(pieces: list[Piece]) -> Iterator[SearchEntry]:
    """The rows, with citations in bodies shown by the titles of what they cite, as on the page. One query."""
    book = addresses({key for piece in pieces for key, _line in markdown.citations(piece.body)})
    cite = rendering.linker(book)
    for language in texts.LANGUAGE_CODES:
        with translation.override(language):
            for piece in pieces:
                if piece.language == language:
                    yield from _rows(piece, sources.plain(piece.body, cite))


def _rows(piece: Piece, body: str) -> Iterator[SearchEntry]:
    """One row, or several where the body is very long."""
    for number, words in enumerate(_portions(body)):
        yield _row(piece, words, f"{piece.part}+{number + 1}" if number else piece.part)


def _portions(body: str) -> Iterator[str]:
    """Stretches of a body, cut between its blocks where possible."""
    while len(body) > LONGEST_BODY:
        cut = body.rfind("\n", 1, LONGEST_BODY)
        cut = cut if cut > 0 else LONGEST_BODY
        yield body[:cut]
        body = body[cut:].lstrip("\n")
    yield body


def _row(piece: Piece, body: str, part: str) -> SearchEntry:
    known = tokens.exact_key(piece.key) if not piece.part else ""
    return SearchEntry(
        fold=fold_of(piece.key, part),
        key=piece.key,
        part=part,
        language=piece.language,
        kind=piece.kind,
        code=piece.key.rpartition("/")[2][:120],
        fragment=piece.fragment,
        authority=piece.authority,
        regime=piece.regime,
        year=piece.date.year if piece.date else None,
        date=piece.date,
        valid_from=piece.valid_from,
        valid_until=piece.valid_until,
        suspended_until=piece.suspended_until,
        weight=piece.weight,
        title=piece.title[:700],
        body=body,
        title_words=tokens.words(piece.title[:700]),
        body_words=tokens.words(body),
        title_exact=f"{tokens.exact(piece.title[:700])} {known}".strip(),
        body_exact=tokens.exact(body),
    )
