"""Mails to single people: each thing that happened is told to each person once, or, in doubt, not again."""

import smtplib
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.accounts import mails, queries
from portal.accounts.models import MailState, PersonalMail, User
from portal.core import transport
from portal.core.background import enqueue
from portal.core.transport import Fate, Outcome

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)  # longer than one mail may take at the mail server's slowest
RETRIES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)]
LOST_AFTER = timedelta(minutes=2)
STALE_AFTER = timedelta(days=3)
MOST = 500
MESSAGE_IDS = uuid.UUID("b0a1c9a4-0f0e-5d5b-8e56-2b7f0a3c9d11")


@transaction.atomic
def mail(kind: str, *, to: Iterable[User], occasion: str, at: datetime | None = None, **ids: int) -> int:
    """Tell people of something, in the transaction in which it happened; the number of those not told before.

    The same kind and occasion again tells nobody twice. What happened long ago (`at`), such as in records that
    are taken over from elsewhere, is told to nobody.
    """
    if not mails.is_composed(kind):
        raise LookupError(f"No app composes mails of the kind {kind}.")
    if at is not None and at < timezone.now() - STALE_AFTER:
        return 0
    rows = [
        PersonalMail(
            kind=kind, occasion=occasion, person=person, ids=ids, message_id=_message_id(kind, occasion, person)
        )
        for person in to
    ]
    fresh = {row.message_id: row for row in rows}
    for told in PersonalMail.objects.filter(message_id__in=list(fresh)).values_list("message_id", flat=True):
        del fresh[told]
    PersonalMail.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    for pk in PersonalMail.objects.filter(message_id__in=list(fresh)).values_list("pk", flat=True):
        enqueue("accounts.send_mail", mail_id=pk)
    return len(fresh)


def _message_id(kind: str, occasion: str, person: User) -> str:
    """The same for the same mail however often it is built, so that a relay's log can tell what left."""
    return f"<{uuid.uuid5(MESSAGE_IDS, f'{kind}/{occasion}/{person.pk}')}@{settings.SITE_HOST}>"


def send_mail(row: PersonalMail) -> MailState | None:
    """Compose and hand over one mail; its new state, or None when it is not (or no longer) this caller's to send.

    Safe to run twice and beside itself: only who claims the row goes on, and every step is written down first.
    """
    grip = uuid.uuid4().hex
    now = timezone.now()
    mine = queries.waiting_mails(now).filter(pk=row.pk)
    if not mine.update(state=MailState.CLAIMED, claim=grip, lease_until=now + LEASE, attempts=row.attempts + 1):
        return None
    row = PersonalMail.objects.select_related("person").get(pk=row.pk)
    if not row.person.is_active:
        return _settle(row, grip, MailState.SUPPRESSED)
    try:
        letter = mails.compose(row)
    except UnicodeError as error:
        return _settle(row, grip, MailState.FAILED, f"The address cannot be written for a mail server: {error}")
    if letter is None:
        return _settle(row, grip, MailState.NEEDLESS)
    message: Any = letter.message()
    return _hand_over(row, grip, message.as_bytes(linesep="\r\n"), letter.to[0])


def _hand_over(row: PersonalMail, grip: str, data: bytes, to: str) -> MailState | None:
    outcome: Outcome | None = None
    try:
        with transport.opened() as way:
            if not _begin(row, grip):
                return None
            outcome = way.hand(data, to)
    except (smtplib.SMTPException, OSError) as error:
        # Before `_begin` nothing has left. After it only the goodbye can fail, and `outcome` is there.
        outcome = outcome or Outcome(Fate.PENDING, f"{type(error).__name__}: {error}")
    return _settle(row, grip, MailState(outcome.fate), outcome.answer)


def _begin(row: PersonalMail, grip: str) -> bool:
    now = timezone.now()
    mine = PersonalMail.objects.filter(pk=row.pk, claim=grip, state=MailState.CLAIMED, lease_until__gt=now)
    return bool(mine.update(state=MailState.HANDING, lease_until=now + LEASE))


def _settle(row: PersonalMail, grip: str, state: MailState, answer: str = "") -> MailState:
    """Write how it ended; a lease that ran out meanwhile is no bar as long as the claim holds."""
    not_before = None
    if state == MailState.PENDING:
        if row.attempts > len(RETRIES):
            state = MailState.FAILED
        else:
            not_before = timezone.now() + RETRIES[row.attempts - 1]
    PersonalMail.objects.filter(pk=row.pk, claim=grip).update(
        state=state,
        answer=answer[:300],
        not_before=not_before,
        lease_until=None,
        sent_at=timezone.now() if state == MailState.HANDED_OVER else None,
    )
    return state


def sweep_mails(now: datetime | None = None) -> int:
    """Find what got lost on the way and re-queue it; the number of mails. Safe at any time, and twice at once.

    A claimed mail whose worker is gone has not left and waits again; one that was being handed over is
    uncertain and stays so. What could not be sent for three days is not news any more.
    """
    now = now or timezone.now()
    under_way = PersonalMail.objects.filter(state__in=[MailState.CLAIMED, MailState.HANDING], lease_until__lte=now)
    unsure = under_way.filter(state=MailState.HANDING).update(state=MailState.UNCERTAIN, lease_until=None)
    again = under_way.filter(state=MailState.CLAIMED)
    failed = again.filter(attempts__gt=len(RETRIES)).update(state=MailState.FAILED, lease_until=None)
    again.update(state=MailState.PENDING, claim="", lease_until=None)
    stale = PersonalMail.objects.filter(state=MailState.PENDING, created_at__lt=now - STALE_AFTER)
    failed += stale.update(state=MailState.FAILED)
    if unsure or failed:
        log.warning("mails did not leave", uncertain=unsure, failed=failed)
    lost = queries.waiting_mails(now).filter(created_at__lt=now - LOST_AFTER).values_list("pk", flat=True)[:MOST]
    for pk in lost:
        enqueue("accounts.send_mail", mail_id=pk)
    return len(lost)
