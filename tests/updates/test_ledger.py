"""What the rows themselves forbid."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.updates.models import Delivery, DeliveryItem, DigestRun, Subscriber
from tests.updates.factories import change, visitor

pytestmark = pytest.mark.django_db


def refused(**fields: object) -> bool:
    try:
        with transaction.atomic():
            Delivery.objects.create(**fields)
    except IntegrityError:
        return True
    return False


def test_a_delivery_is_of_a_run_or_of_an_occasion() -> None:
    """Reminders have no run; they are sent once for each subscriber and occasion."""
    subscriber = visitor("a@example.org").subscriber
    run = DigestRun.objects.create(frequency="daily", period_end=timezone.now())
    given = [f"<{number}>" for number in range(9)]

    def fields(number: int, **more: object) -> dict[str, object]:
        return {"subscriber": subscriber, "message_id": given[number], "token": given[number], **more}

    assert refused(**fields(0))
    assert refused(**fields(1, run=run, occasion="obligation/12#due-7"))
    assert not refused(**fields(2, run=run))
    assert refused(**fields(3, run=run))
    assert not refused(**fields(4, occasion="obligation/12#due-7"))
    assert refused(**fields(5, occasion="obligation/12#due-7"))
    assert not refused(**fields(6, occasion="obligation/12#due-1"))


def test_a_subscriber_is_told_of_an_event_once() -> None:
    subscription = visitor("a@example.org")
    event = change()
    run = DigestRun.objects.create(frequency="daily", period_end=timezone.now())
    delivery = Delivery.objects.create(run=run, subscriber=subscription.subscriber, message_id="<1>", token="1")
    same = {"subscriber": subscription.subscriber, "event": event, "subscription": subscription}
    DeliveryItem.objects.create(delivery=delivery, **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryItem.objects.create(delivery=delivery, **same)


def test_a_subscriber_is_a_user_or_an_address() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(token="nobody")
