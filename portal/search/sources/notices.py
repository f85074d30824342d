"""Notices of authorities that readers can see; withdrawn ones keep their page but are not found."""

from collections.abc import Iterator

from portal.notices import queries as notices
from portal.notices.models import State
from portal.search.sources.pieces import Keys, Piece, record


def published(keys: Keys) -> Iterator[Piece]:
    """Title, summary, text, what it changes, and its corrections."""
    for row in notices.published().filter(state=State.PUBLISHED).prefetch_related("changes", "corrections"):
        yield from record(
            row.key,
            "notice",
            row.title,
            row.summary,
            row.body,
            *[change.words for change in row.changes.all()],
            *[correction.words for correction in row.corrections.all()],
            jurisdictions=tuple(row.jurisdictions),
            topics=tuple(row.topics),
            authority=row.authority_key.removeprefix("authority/"),
            date=row.effective_on or (row.published_at.date() if row.published_at else None),
            weight=1.2,
        )
