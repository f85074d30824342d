"""Keeping the index true: what was published, changed or withdrawn is taken out and put in again, in sets."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from portal.core import markdown, texts
from portal.references import rendering
from portal.references.queries import addresses
from portal.search import sources, tokens
from portal.search.models import SearchEntry, SearchProfile
from portal.search.profiles import COUNTED, Profile
from portal.search.sources import Piece

LONGEST_BODY = 8_000
"""Characters in one row: PostgreSQL counts positions only up to 16,383."""
BATCH = 500
FIRST_WEIGHT = 1.2
"""Pages of this weight are proposed before others while somebody types."""


@transaction.atomic
def reindex(keys: Iterable[str]) -> int:
    """Bring the entries of these keys to what the apps' rows say now; how many entries they have. Safe to repeat.

    Rows that stay the same are not written.
    """
    wanted = set(keys)
    return _replace(wanted, list(sources.pieces(wanted))) if wanted else 0


@transaction.atomic
def reindex_all() -> int:
    """Bring the whole index to what the apps' rows say now, at once; how many entries it has."""
    found = list(sources.pieces(None))
    keys = {piece.key for piece in found} | set(SearchEntry.objects.values_list("key", flat=True))
    number = _replace(keys, found)
    used = SearchEntry.objects.filter(profile=OuterRef("pk"))
    SearchProfile.objects.filter(~Exists(used)).delete()
    return number


def refresh() -> int:
    """Bring the whole index to what is good today; how many entries it has. Safe to repeat and to break off.

    A portion at a time, each committed by itself: readers always find all, and writers wait for one portion at most.
    """
    found: dict[str, list[Piece]] = {key: [] for key in SearchEntry.objects.values_list("key", flat=True)}
    for piece in sources.pieces(None):
        found.setdefault(piece.key, []).append(piece)
    listed = sorted(found)
    number = 0
    for start in range(0, len(listed), BATCH):
        portion = listed[start : start + BATCH]
        with transaction.atomic():
            number += _replace(set(portion), [piece for key in portion for piece in found[key]])
    return number


def _replace(keys: Collection[str], pieces: list[Piece]) -> int:
    """Make the entries of these keys those of the pieces; how many they are."""
    entries, profiles = rows(pieces)
    held: dict[Place, Held] = {}
    listed = sorted(keys)
    for start in range(0, len(listed), BATCH):
        portion = SearchEntry.objects.filter(key__in=listed[start : start + BATCH])
        for pk, digest, since, *place in portion.values_list("pk", "digest", "since", "key", "part", "language"):
            held[place[0], place[1], place[2]] = (pk, digest, since)
    same = {entry.place for entry in entries if entry.place in held and held[entry.place][1] == entry.digest}
    gone = [pk for place, (pk, _digest, _since) in held.items() if place not in same]
    changed = [entry for entry in entries if entry.place not in same]
    _keep_since(changed, held)
    for start in range(0, len(gone), BATCH):
        SearchEntry.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    _write(changed, profiles)
    return len(entries)


Place = tuple[str, str, str]
Held = tuple[int, int, dt.datetime]


def _keep_since(entries: list[SearchEntry], held: Mapping[Place, Held]) -> None:
    """An entry whose words are the same is no news, whatever else has changed about it."""
    before = {held[entry.place][0]: entry for entry in entries if entry.place in held}
    for start in range(0, len(before), BATCH):
        portion = list(before)[start : start + BATCH]
        for pk, title, body in SearchEntry.objects.filter(pk__in=portion).values_list("pk", "title", "body"):
            entry = before[pk]
            if (entry.title, entry.body) == (title, body):
                entry.since = held[entry.place][2]


def add(pieces: list[Piece]) -> int:
    """Write the entries of these pieces, which have none yet."""
    entries, profiles = rows(pieces)
    _write(entries, profiles)
    return len(entries)


def _write(entries: list[SearchEntry], profiles: list[SearchProfile]) -> None:
    SearchProfile.objects.bulk_create(profiles, batch_size=BATCH, ignore_conflicts=True)
    SearchEntry.objects.bulk_create(entries, batch_size=BATCH)


def rows(pieces: list[Piece]) -> tuple[list[SearchEntry], list[SearchProfile]]:
    """The rows of these pieces, unsaved: entries, and the profiles that they have. One query."""
    entries = list(_entries(pieces))
    profiles = {(facts := profile(piece)).number: facts for piece in pieces}
    return entries, [SearchProfile.of(facts) for facts in profiles.values()]


def profile(piece: Piece) -> Profile:
    """The facts of a piece."""
    return Profile(
        kind=piece.kind,
        authority=piece.authority,
        regime=piece.regime,
        year=piece.date.year if piece.date else None,
        jurisdictions=tuple(sorted(set(piece.jurisdictions))),
        topics=tuple(sorted(set(piece.topics))),
        valid_from=piece.valid_from,
        valid_until=piece.valid_until,
        suspended_until=piece.suspended_until,
        weight=piece.weight,
    )


def fold_of(key: str, part: str) -> int:
    """The number that the languages of a page or part share."""
    return _number(f"{key}#{part}")


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


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
        yield row(piece, words, f"{piece.part}+{number + 1}" if number else piece.part)


def _portions(body: str) -> Iterator[str]:
    """Stretches of a body, cut between its blocks where possible."""
    while len(body) > LONGEST_BODY:
        cut = body.rfind("\n", 1, LONGEST_BODY)
        cut = cut if cut > 0 else LONGEST_BODY
        yield body[:cut]
        body = body[cut:].lstrip("\n")
    yield body


def row(piece: Piece, body: str, part: str) -> SearchEntry:
    """The unsaved row of a piece, or a portion of one; its body as plain words."""
    facts = profile(piece)
    title = piece.title[:700]
    entry = SearchEntry(
        fold=fold_of(piece.key, part),
        profile=facts.number,
        key=piece.key,
        part=part,
        language=piece.language,
        kind=piece.kind,
        code=piece.key.rpartition("/")[2][:120],
        fragment=piece.fragment,
        date=piece.date,
        valid_from=piece.valid_from,
        valid_until=piece.valid_until,
        suspended_until=piece.suspended_until,
        weight=piece.weight,
        title=title,
        body=body,
        tokens=tokens.entry(
            title,
            body,
            key="" if part else piece.key,
            first=not part and piece.weight >= FIRST_WEIGHT,
            facts=[*_facts(facts), tokens.fact("language", piece.language)],
        ),
    )
    entry.digest = _number("\0".join(str(getattr(entry, name)) for name in DIGESTED))
    return entry


DIGESTED = ["fold", "profile", "fragment", "date", "title", "body", "tokens"]


def _facts(facts: Profile) -> Iterator[str]:
    """The tokens by which results are narrowed."""
    for facet, values in zip(COUNTED, facts.values, strict=True):
        yield from (tokens.fact(facet, value) for value in values)
