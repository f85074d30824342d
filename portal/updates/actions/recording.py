"""Writing down what changed, in the transaction that published it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core import texts
from portal.core.background import enqueue
from portal.core.signals import Change
from portal.references import rendering
from portal.references.queries import addresses
from portal.updates.models import ChangeEvent, ChangeFacet, Facet
from portal.updates.queries import KINDS


def hear_published(sender: object, *, changes: Iterable[Change] = (), **_: Any) -> None:
    """Receiver of core.signals.published."""
    record_changes(list(changes))


def hear_withdrawn(sender: object, *, keys: Iterable[str] = (), changes: Iterable[Change] = (), **_: Any) -> None:
    """Receiver of core.signals.withdrawn. Who announces keys alone gets changes made from the address book."""
    given = list(changes)
    told = {change.key for change in given}
    record_changes([*given, *_withdrawals([key for key in keys if key not in told])])


@transaction.atomic
def record_changes(changes: list[Change]) -> list[ChangeEvent]:
    """Write these changes; those that stand there already (same key, version and kind of change) are left alone."""
    if not changes:
        return []
    now = timezone.now()
    rows = {(c.key, c.version, c.what): _event(c) for c in changes}
    for row in rows.values():
        row.created_at = now
    ChangeEvent.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=200)
    # A row without facets is one that was written just now: every other has its kind at least.
    written = list(ChangeEvent.objects.filter(created_at=now, facets=None))
    ChangeFacet.objects.bulk_create(
        (ChangeFacet(event=row, facet=facet, value=value) for row in written for facet, value in _facets(row)),
        ignore_conflicts=True,
        batch_size=500,
    )
    if written:
        enqueue("updates.sweep")
    return written


def _event(change: Change) -> ChangeEvent:
    return ChangeEvent(
        key=change.key,
        kind=change.kind,
        what=change.what,
        version=change.version[:40],
        title=texts.i18n(change.title or {"en": change.key}),
        summary=texts.i18n(change.summary),
        jurisdictions=list(dict.fromkeys(change.jurisdictions)),
        topics=list(dict.fromkeys(change.topics)),
        effective_on=change.effective_on,
        substantive=change.substantive,
    )


def _facets(event: ChangeEvent) -> Iterable[tuple[str, str]]:
    yield Facet.KIND, event.kind
    yield from ((Facet.JURISDICTION, code) for code in event.jurisdictions)
    yield from ((Facet.TOPIC, topic) for topic in event.topics)


def _withdrawals(keys: list[str]) -> list[Change]:
    """Changes for withdrawn keys of the kinds that are followed; a law's provisions go with the law."""
    book = {key: row for key, row in addresses(keys).items() if row.kind in KINDS}
    last: dict[str, ChangeEvent] = {}
    for event in ChangeEvent.objects.filter(key__in=book).order_by("created_at"):
        last[event.key] = event
    return [
        Change(
            key=key,
            kind=row.kind,
            what="withdrawn",
            version=f"withdrawn {timezone.now():%Y-%m-%d}",
            title=texts.as_dict(row.title),
            summary=rendering.plain_words(row.gist),
            jurisdictions=tuple(last[key].jurisdictions) if key in last else (),
            topics=tuple(last[key].topics) if key in last else (),
        )
        for key, row in book.items()
    ]
