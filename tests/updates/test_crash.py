"""A worker process is killed in the middle of sending, twice; everybody gets their mail once."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from redis import Redis

from portal.core.background import enqueue
from portal.core.models import AuditEvent
from portal.updates.models import Delivery, DigestRun, State
from portal.updates.queries import balance
from tests.services import SmtpSink, Worker
from tests.updates.factories import change, visitor

READERS = [f"reader{number}@example.org" for number in range(40)]
KILLS = (8, 20)


def time_passes() -> None:
    """Six minutes: every lease and every short wait is over."""
    gone = timezone.now() - timedelta(seconds=1)
    Delivery.objects.exclude(lease_until=None).update(lease_until=gone)
    Delivery.objects.exclude(not_before=None).update(not_before=gone)


def under_way() -> bool:
    return Delivery.objects.filter(state__in=Delivery.OPEN).exists()


@pytest.mark.xdist_group("worker")
def test_a_killed_worker_sends_each_mail_once(worker: Worker, smtp_sink: SmtpSink, redis: Redis) -> None:
    for address in READERS:
        visitor(address)
    redis.delete("celery")  # the mails that ask to confirm
    smtp_sink.slow_down(0.05)
    change()  # wakes the sweeper in the worker
    for so_many in KILLS:
        worker.wait(lambda so_many=so_many: len(smtp_sink.messages) >= so_many)
        worker.kill()
        assert under_way(), "the kill came too late to prove anything"
        time_passes()
        worker.start()
        enqueue("updates.sweep")
    worker.wait(lambda: Delivery.objects.exists() and not under_way(), seconds=30)

    run = DigestRun.objects.get(frequency="at-once")
    arrived = Counter(mail["To"] for mail in smtp_sink.messages)
    uncertain = set(run.deliveries.filter(state=State.UNCERTAIN).values_list("subscriber__address", flat=True))
    assert len(uncertain) <= len(KILLS)
    assert max(arrived.values()) == 1
    assert {address for address in READERS if arrived[address] != 1} <= uncertain
    assert run.deliveries.filter(state=State.HANDED_OVER).count() == len(READERS) - len(uncertain)
    ledger = balance(run)
    assert (ledger.matches, ledger.sent, ledger.uncertain) == (40, 40 - len(uncertain), len(uncertain))
    assert ledger.holds
    assert len({mail["Message-ID"] for mail in smtp_sink.messages}) == len(smtp_sink.messages)
    redis.delete("unacked", "unacked_index")  # what the dead workers held


def test_what_is_uncertain_is_not_sent_again(worker: Worker, smtp_sink: SmtpSink, redis: Redis) -> None:
    visitor("reader@example.org")
    redis.delete("celery")
    smtp_sink.slow_down(1)
    change()
    worker.wait(lambda: Delivery.objects.filter(state=State.HANDING).exists())
    worker.kill()
    time_passes()
    smtp_sink.slow_down(0)
    worker.start()
    for _number in range(3):
        enqueue("updates.sweep")
    worker.wait(lambda: Delivery.objects.filter(state=State.UNCERTAIN).exists())
    enqueue("tests.audit", target="tests/after")
    worker.wait(lambda: AuditEvent.objects.filter(target_key="tests/after").exists())
    assert len(smtp_sink.messages) <= 1
    assert Delivery.objects.get().state == State.UNCERTAIN
    redis.delete("unacked", "unacked_index")  # what the dead worker held
