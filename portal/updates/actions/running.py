"""Runs: when mails are due, which matches they tell, and the sweeper that needs no memory of its own."""

import secrets
import uuid
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from portal.core.background import enqueue
from portal.updates.actions.ledger import take_back
from portal.updates.actions.matching import match_events
from portal.updates.models import (
    ChangeMatch,
    Delivery,
    DeliveryItem,
    DigestRun,
    Frequency,
    State,
    Subscriber,
    Subscription,
    Suppression,
    address_hash,
)
from portal.updates.periods import last_due
from portal.updates.queries import waiting

log = structlog.get_logger(__name__)

BATCH = 200
MOST_BATCHES = 8
MESSAGE_IDS = uuid.UUID("5f0f6f5e-6a0b-5d2c-9a2f-0d6c7f1e4b11")
ITEMS = """INSERT INTO updates_deliveryitem (delivery_id, subscriber_id, event_id, subscription_id)
SELECT d.id, d.subscriber_id, m.event_id, MIN(m.subscription_id)
FROM updates_changematch m
JOIN updates_subscription s ON s.id = m.subscription_id
JOIN updates_delivery d ON d.run_id = m.run_id AND d.subscriber_id = s.subscriber_id
WHERE m.run_id = %s
GROUP BY d.id, d.subscriber_id, m.event_id
ON CONFLICT DO NOTHING"""


def sweep(now: datetime | None = None) -> None:
    """Find everything that there is to do, in rows, and have it done. Safe to run at any time, and twice at once."""
    now = now or timezone.now()
    match_events()
    run_at_once(now)
    run_what_is_due(now)
    take_back(now)
    _enqueue_batches(now)
    _finish(now)
    _enqueue_questions(now)


def run_at_once(now: datetime) -> DigestRun | None:
    """A run for the matches that are to be told at once; None when there are none."""
    unclaimed = ChangeMatch.objects.filter(
        run=None, subscription__frequency=Frequency.AT_ONCE, subscription__ended_at=None
    )
    if not unclaimed.exists():
        return None
    return _run(Frequency.AT_ONCE, now)


def run_what_is_due(now: datetime) -> list[DigestRun]:
    """The runs of the latest period of each frequency that are not there yet.

    Only the latest: it claims everything that was not told, so a portal that was off for a week loses nothing
    and sends one mail instead of seven.
    """
    made = []
    for frequency in (Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY):
        due = last_due(frequency, now)
        if not DigestRun.objects.filter(frequency=frequency, period_end=due, claimed_at__isnull=False).exists():
            made.append(_run(frequency, due))
    return made


@transaction.atomic
def _run(frequency: str, period_end: datetime) -> DigestRun:
    run, _created = DigestRun.objects.get_or_create(frequency=frequency, period_end=period_end)
    claim(run)
    return run


@transaction.atomic
def claim(run: DigestRun) -> int:
    """Take every match of this frequency that no run has, whenever it was made; the number of mails to send.

    A run claims once; what is matched later falls to the next run. What a subscriber was told before, in
    whatever run, is not told again: the unique item decides.
    """
    run = DigestRun.objects.select_for_update().get(pk=run.pk)
    if run.claimed_at is not None:
        return 0
    following = Subscription.objects.filter(frequency=run.frequency, ended_at=None)
    matches = ChangeMatch.objects.filter(run=None, subscription__in=following).update(run=run)
    _write_deliveries(run)
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [run.pk])
    # On PostgreSQL another run may have told the same at the same moment: no mail without an item.
    run.deliveries.filter(items=None).delete()
    run.claimed_at = timezone.now()
    run.save(update_fields=["claimed_at"])
    mails = run.deliveries.count()
    log.info("run claimed its matches", run=run.pk, frequency=run.frequency, matches=matches, mails=mails)
    return mails


def _write_deliveries(run: DigestRun) -> None:
    told = DeliveryItem.objects.filter(subscriber=OuterRef("subscription__subscriber"), event=OuterRef("event"))
    new = ChangeMatch.objects.filter(~Exists(told), run=run)
    keys = new.values("subscription__subscriber").annotate(first=Min("pk")).order_by("subscription__subscriber")
    ids = list(keys.values_list("subscription__subscriber", flat=True))
    for start in range(0, len(ids), 1000):
        batch = Subscriber.objects.filter(pk__in=ids[start : start + 1000]).select_related("user")
        Delivery.objects.bulk_create(_deliveries(run, list(batch)), ignore_conflicts=True)


def _deliveries(run: DigestRun, subscribers: list[Subscriber]) -> list[Delivery]:
    hashes = {subscriber.pk: address_hash(subscriber.email) for subscriber in subscribers}
    suppressed = set(Suppression.objects.filter(hash__in=hashes.values()).values_list("hash", flat=True))
    return [
        Delivery(
            run=run,
            subscriber=subscriber,
            message_id=message_id(run, subscriber),
            token=secrets.token_urlsafe(32),
            state=State.PENDING
            if subscriber.reachable and hashes[subscriber.pk] not in suppressed
            else State.SUPPRESSED,
        )
        for subscriber in subscribers
    ]


def message_id(run: DigestRun, subscriber: Subscriber) -> str:
    """The same for the same mail however often it is built, so that a relay's log can tell what left."""
    return f"<{uuid.uuid5(MESSAGE_IDS, f'{run.pk}/{subscriber.pk}')}@{settings.SITE_HOST}>"


def _enqueue_batches(now: datetime) -> None:
    """One task for each batch of waiting mails, a few at most: each that finds more asks for another."""
    waits = waiting(now).filter(run__isnull=False)
    for run in waits.values_list("run", flat=True).distinct():
        batches = -(-waits.filter(run=run).count() // BATCH)
        for _number in range(min(batches, MOST_BATCHES)):
            enqueue("updates.send_batch", run_id=run)


def _finish(now: datetime) -> None:
    still_open = Delivery.objects.filter(run=OuterRef("pk"), state__in=Delivery.OPEN)
    runs = DigestRun.objects.filter(~Exists(still_open), finished_at=None, claimed_at__isnull=False)
    runs.update(finished_at=now)


def _enqueue_questions(now: datetime) -> None:
    """Mails to confirm a subscription that were lost on the way to the worker."""
    lost = Subscription.objects.filter(
        confirmed_at=None,
        asked_at=None,
        ended_at=None,
        created_at__range=(now - timedelta(days=1), now - timedelta(seconds=90)),
    )
    for pk in lost.values_list("pk", flat=True)[:200]:
        enqueue("updates.ask", subscription_id=pk)
