"""What becomes of deliveries outside the sending itself: broken leases, bounces, an operator's word."""

from datetime import datetime

import structlog
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import audit
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import Conflict, NotFound
from portal.updates.models import Delivery, State, Suppression, address_hash

log = structlog.get_logger(__name__)


@transaction.atomic
def take_back(now: datetime) -> tuple[int, int]:
    """Deliveries whose worker is gone: (waiting again, uncertain).

    What was only claimed has not left and is sent by the next worker. What was being handed over may have left:
    it becomes uncertain and is never sent again by itself, because a digest twice is worse than one that an
    operator looks up in the mail server's log.
    """
    gone = Delivery.objects.filter(lease_until__lte=now)
    again = gone.filter(state=State.CLAIMED).update(state=State.PENDING, claim="", lease_until=None)
    # The claim stays: a worker that was only slow may still say how it ended.
    unsure = gone.filter(state=State.HANDING).update(state=State.UNCERTAIN, lease_until=None)
    if again or unsure:
        log.warning("leases ran out", waiting_again=again, uncertain=unsure)
    return again, unsure


@transaction.atomic
def resolve(delivery: Delivery, *, arrived: bool, by: Actor) -> None:
    """An operator looked an uncertain delivery up: it arrived, or it did not and is sent again."""
    changed = Delivery.objects.filter(pk=delivery.pk, state=State.UNCERTAIN).update(
        state=State.DELIVERED if arrived else State.PENDING, claim="", lease_until=None, not_before=None
    )
    if not changed:
        raise Conflict(_("This delivery is not uncertain any more."))
    if not arrived and delivery.run is not None:
        delivery.run.finished_at = None
        delivery.run.save(update_fields=["finished_at"])
    audit.record("delivery.resolved", by=by, target=f"delivery/{delivery.pk}", arrived=arrived)


@transaction.atomic
def bounced(*, message_id: str, permanent: bool, complaint: bool = False, reason: str = "", by: Actor = SYSTEM) -> None:
    """A bounce or a complaint that came back for a mail, by its Message-ID. A passing one only leaves its words."""
    delivery = Delivery.objects.select_related("subscriber__user").filter(message_id=message_id).first()
    if delivery is None:
        raise NotFound(_("No delivery has this Message-ID."))
    delivery.answer = reason[:300]
    if permanent and not complaint:
        delivery.state = State.BOUNCED
    delivery.save(update_fields=["answer", "state"])
    if complaint:
        suppress(delivery.subscriber.email, kind=Suppression.Kind.COMPLAINT, reason=reason, by=by)
    elif permanent:
        suppress(delivery.subscriber.email, kind=Suppression.Kind.BOUNCE, reason=reason, by=by)


@transaction.atomic
def suppress(address: str, *, kind: str, reason: str = "", by: Actor = SYSTEM) -> Suppression:
    """Send nothing to this address any more. The first reason stays."""
    row, created = Suppression.objects.get_or_create(
        hash=address_hash(address), defaults={"kind": kind, "reason": reason[:300]}
    )
    if created:
        audit.record("address.suppressed", by=by, target=f"address/{row.hash[:16]}", kind=kind)
    return row


# Written by hand because both run once for every mail: the ORM takes several times longer to make these
# statements than a database takes to do them (benchmarks/digest.py).
BEGIN = """
    UPDATE updates_delivery SET state = %s, lease_until = %s
    WHERE id = %s AND claim = %s AND state = %s AND lease_until > %s
"""
SETTLE = """
    UPDATE updates_delivery
    SET state = %s, answer = %s, not_before = %s, handed_at = %s, attempts = %s, lease_until = NULL, claim = %s
    WHERE id = %s AND claim = %s AND state IN (%s, %s)
"""


def begin(delivery: Delivery, *, claim: str, now: datetime, until: datetime) -> bool:
    """Write that this mail is being handed over, if this claim and its lease still hold the row."""
    return _one_row(BEGIN, State.HANDING, until, delivery.pk, claim, State.CLAIMED, now)


def settle(delivery: Delivery, *, claim: str, state: str, answer: str = "", not_before: datetime | None = None) -> bool:
    """Write how handing over ended, if this claim still holds the row; a lease that ran out meanwhile is no bar."""
    handed_at = timezone.now() if state == State.HANDED_OVER else None
    kept = claim if state == State.UNCERTAIN else ""
    written = (state, answer[:300], not_before, handed_at, delivery.attempts, kept)
    return _one_row(SETTLE, *written, delivery.pk, claim, State.HANDING, State.UNCERTAIN)


def _one_row(statement: str, *values: str | int | datetime | None) -> bool:
    """Whether the statement changed a row. Moments are written as this database stores them."""
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(statement, [moment(value) if isinstance(value, datetime) else value for value in values])
        return bool(cursor.rowcount)
