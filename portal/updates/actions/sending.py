"""Sending one batch of a run: one connection, one commit for each mail, every step written down first."""

import smtplib
import uuid
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from portal.accounts.queries import deactivated
from portal.core import transport
from portal.core.background import enqueue
from portal.core.transport import Fate
from portal.updates import compose, mails
from portal.updates.actions.ledger import begin, settle, suppress
from portal.updates.models import (
    ChangeEvent,
    Delivery,
    DeliveryItem,
    DigestRun,
    State,
    Subscription,
    Suppression,
    address_hash,
)
from portal.updates.queries import Words, waiting
from portal.updates.queries import words as all_words

log = structlog.get_logger(__name__)

BATCH = 200
LEASE = timedelta(minutes=5)  # longer than one mail may take at the mail server's slowest
RETRIES = [timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440)]
NO_SERVER = timedelta(seconds=60)


def send_batch(run: DigestRun, *, limit: int = BATCH) -> int:
    """Send up to `limit` waiting mails of a run; the number of mails handed over.

    Safe to run twice and beside itself: each batch holds its rows by a claim of its own, and a row is begun only
    while that claim and its lease hold.
    """
    grip = uuid.uuid4().hex
    if not _take(run, grip, limit):
        return 0
    batch = list(
        Delivery.objects.filter(claim=grip, state=State.CLAIMED).select_related("subscriber__user").order_by("pk")
    )
    batch = _leave_out_unwanted(batch)
    letters = _Letters(run, batch)
    sent = 0
    try:
        with transport.opened() as way, _Book(grip) as book:
            for delivery in batch:
                outcome = _send(delivery, letters, way, book)
                if outcome is None:  # not ours any more
                    continue
                sent += outcome.fate == Fate.HANDED_OVER
                if outcome.lost:
                    break
    except (smtplib.SMTPException, OSError) as error:
        log.warning("no mail server, the mails wait", run=run.pk, error=str(error))
    _give_back(grip)
    _go_on(run)
    return sent


def _take(run: DigestRun, grip: str, limit: int) -> int:
    now = timezone.now()
    with transaction.atomic():
        rows = waiting(now).filter(run=run).order_by("pk").select_for_update(skip_locked=True)
        keys = list(rows.values_list("pk", flat=True)[:limit])
        # select_for_update is nothing on SQLite, where the transaction itself is the lock.
        return Delivery.objects.filter(pk__in=keys, state=State.PENDING).update(
            state=State.CLAIMED, claim=grip, lease_until=now + LEASE
        )


def _leave_out_unwanted(batch: list[Delivery]) -> list[Delivery]:
    """Readers who left, whose address was suppressed since the run claimed its matches, or whose account is closed."""
    hashes = {delivery.pk: address_hash(delivery.subscriber.email) for delivery in batch}
    stopped = set(Suppression.objects.filter(hash__in=hashes.values()).values_list("hash", flat=True))
    closed = deactivated(delivery.subscriber.email for delivery in batch)
    unwanted = [
        row.pk
        for row in batch
        if hashes[row.pk] in stopped or row.subscriber.email.lower() in closed or not row.subscriber.reachable
    ]
    if not unwanted:
        return batch
    Delivery.objects.filter(pk__in=unwanted, state=State.CLAIMED).update(
        state=State.SUPPRESSED, claim="", lease_until=None
    )
    return [row for row in batch if row.pk not in set(unwanted)]


class _Letters:
    """Builds the mails of a batch; equal words are rendered and encoded once. Seven queries a batch."""

    def __init__(self, run: DigestRun, batch: list[Delivery]) -> None:
        self.run = run
        self.words: Words = all_words()
        self.told: dict[int, list[tuple[ChangeEvent, Subscription]]] = {}
        self.editions: dict[tuple[object, ...], compose.Edition] = {}
        self.links: dict[str, mails.Links] = {}
        items = DeliveryItem.objects.filter(delivery__in=batch).order_by("delivery", "event")
        keys = list(items.values_list("delivery", "event", "subscription", "subscription__signature"))
        events = ChangeEvent.objects.in_bulk({event for _delivery, event, *_subscription in keys})
        # Subscriptions with one signature ask for the same: one of them speaks for all.
        speakers = {signature: subscription for *_item, subscription, signature in keys}
        rows = Subscription.objects.prefetch_related("filters").in_bulk(speakers.values())
        for delivery, event, _subscription, signature in keys:
            self.told.setdefault(delivery, []).append((events[event], rows[speakers[signature]]))

    def build(self, delivery: Delivery) -> bytes:
        """The bytes for the mail server. UnicodeError for an address that it could not understand."""
        language = delivery.subscriber.reads_in
        if language not in self.links:
            self.links[language] = mails.Links.of(language)
        unsubscribe = self.links[language].unsubscribe(delivery)
        manage = self.links[language].manage(delivery.subscriber)
        headers = mails.own_headers(
            delivery.subscriber, message_id=delivery.message_id, unsubscribe=unsubscribe, at=timezone.now()
        )
        return self._edition(delivery, language).letter(headers=headers, unsubscribe=unsubscribe, manage=manage)

    def _edition(self, delivery: Delivery, language: str) -> compose.Edition:
        told = self.told.get(delivery.pk, [])
        same = (language, *((event.pk, subscription.signature) for event, subscription in told))
        if same not in self.editions:
            self.editions[same] = mails.digest(self.run, told, language, self.words)
        return self.editions[same]


class _Book:
    """Writes the ledger: the end of one mail and the beginning of the next are one commit."""

    def __init__(self, grip: str) -> None:
        self.grip = grip
        self.ended: tuple[Delivery, transport.Outcome] | None = None

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_error: object) -> None:
        with transaction.atomic():
            self._write_end()

    def begin(self, delivery: Delivery) -> bool:
        """Write down that this mail is about to be handed over. False when the row is not ours any more."""
        now = timezone.now()
        with transaction.atomic():
            self._write_end()
            return begin(delivery, claim=self.grip, now=now, until=now + LEASE)

    def end(self, delivery: Delivery, outcome: transport.Outcome) -> None:
        """Remember how it ended, to be written with the next step."""
        self.ended = (delivery, outcome)

    def _write_end(self) -> None:
        if self.ended is None:
            return
        delivery, outcome = self.ended
        self.ended = None
        state, not_before = State(outcome.fate), None
        if state == State.PENDING:
            delivery.attempts += 1
            if delivery.attempts > len(RETRIES):
                state = State.FAILED
            else:
                not_before = timezone.now() + RETRIES[delivery.attempts - 1]
        settle(delivery, claim=self.grip, state=state, answer=outcome.answer, not_before=not_before)
        if outcome.bounce:
            suppress(delivery.subscriber.email, kind=Suppression.Kind.BOUNCE, reason=outcome.answer)


def _send(delivery: Delivery, letters: _Letters, way: transport.Transport, book: _Book) -> transport.Outcome | None:
    """How handing over ended; None when the row was not ours to begin."""
    try:
        data, to = letters.build(delivery), transport.ascii_address(delivery.subscriber.email)
    except UnicodeError as error:
        outcome = transport.Outcome(Fate.FAILED, f"The address cannot be written for a mail server: {error}")
        if book.begin(delivery):
            book.end(delivery, outcome)
        return outcome
    if not book.begin(delivery):
        return None
    outcome = way.hand(data, to)
    book.end(delivery, outcome)
    return outcome


def _give_back(grip: str) -> None:
    """Rows that were claimed and not begun, because the mail server went away, wait for the next batch."""
    Delivery.objects.filter(claim=grip, state=State.CLAIMED).update(
        state=State.PENDING, claim="", lease_until=None, not_before=timezone.now() + NO_SERVER
    )


def _go_on(run: DigestRun) -> None:
    if waiting(timezone.now()).filter(run=run).exists():
        enqueue("updates.send_batch", run_id=run.pk)
    elif not run.deliveries.filter(state__in=Delivery.OPEN).exists():
        DigestRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now())
