"""Matching, runs and the ledger: nothing is lost, nothing is told twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import signals
from portal.core.actors import SYSTEM
from portal.references.models import Address
from portal.updates import actions
from portal.updates.actions.running import message_id
from portal.updates.actions.sending import _Book
from portal.updates.models import (
    ChangeEvent,
    ChangeMatch,
    Delivery,
    DeliveryItem,
    DigestRun,
    Frequency,
    State,
    Subscription,
    Suppression,
)
from portal.updates.periods import last_due
from portal.updates.queries import balance
from tests.updates.factories import change, member, visitor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def send(run: DigestRun) -> list[str]:
    """Send a run; the addresses that got a mail, in order."""
    mail.outbox.clear()
    actions.send_batch(run)
    return sorted(message.to[0] for message in mail.outbox)


def daily(number: int = 1) -> DigestRun:
    """The run of the day so many days after Monday."""
    actions.match_events()
    found = actions.run_what_is_due(MONDAY + timedelta(days=number))
    return next(run for run in found if run.frequency == Frequency.DAILY)


# --- Changes ---------------------------------------------------------------------------------------


def test_a_change_is_written_once() -> None:
    first = change()
    assert change() == first
    assert sorted(first.facets.values_list("facet", "value")) == [
        ("jurisdiction", "cn"),
        ("kind", "notice"),
        ("topic", "end-use"),
    ]
    assert change(version="2") != first


def test_a_withdrawal_told_by_key_alone_is_a_change() -> None:
    """The library announces withdrawn keys without words; provisions go with their law."""
    change("case/one", kind="case", jurisdictions=("us",))
    Address.objects.create(key="case/one", kind="case", title="Case one", route="cases:case")
    Address.objects.create(key="law/art-1", kind="provision", title="Article 1", route="x")
    signals.withdrawn.send(sender=None, keys=["case/one", "law/art-1"], changes=[])
    event = ChangeEvent.objects.get(what="withdrawn")
    assert (event.key, event.jurisdictions, str(event.title)) == ("case/one", ["us"], "Case one")


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, True),
        ({"jurisdiction": ["cn"]}, True),
        ({"jurisdiction": ["us"]}, False),
        ({"jurisdiction": ["us", "cn"], "kind": ["notice"]}, True),
        ({"jurisdiction": ["cn"], "kind": ["case"]}, False),
        ({"topic": ["space"]}, False),
        ({"topic": ["space", "end-use"], "jurisdiction": ["cn"], "kind": ["notice", "case"]}, True),
    ],
)
def test_matching(filters: dict[str, list[str]], wanted: bool) -> None:
    visitor("a@example.org", **filters)
    change()
    assert actions.match_events() == int(wanted)
    assert actions.match_events() == 0


def test_an_event_without_topics_matches_only_those_who_take_any() -> None:
    visitor("a@example.org", topic=["space"])
    visitor("b@example.org")
    change(topics=())
    assert actions.match_events() == 1


def test_matching_costs_the_same_for_any_number_of_subscriptions() -> None:
    def queries_of_one_event(key: str) -> int:
        change(key)
        with CaptureQueriesContext(connection) as found:
            actions.match_events()
        return len(found)

    visitor("first@example.org")
    one = queries_of_one_event("notice/one")
    for number in range(30):
        visitor(f"reader{number}@example.org", jurisdiction=["cn"])
    assert queries_of_one_event("notice/two") == one
    assert ChangeMatch.objects.filter(event__key="notice/two").count() == 31


def test_what_was_there_before_is_not_told() -> None:
    change()
    member()
    assert actions.match_events() == 0


def test_the_unconfirmed_and_the_ended_are_not_matched() -> None:
    actions.sign_up("a@example.org", filters={}, frequency="daily", language="en")
    ended = member()
    actions.end(ended, by=ended.subscriber.user.actor)
    change()
    assert actions.match_events() == 0


def test_changes_without_substance_are_not_mailed() -> None:
    member()
    change(substantive=False)
    assert actions.match_events() == 0


# --- Runs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frequency", "now", "due"),
    [
        ("daily", (2026, 11, 23, 7, 0), (2026, 11, 23)),
        ("daily", (2026, 11, 23, 6, 59), (2026, 11, 22)),
        ("weekly", (2026, 11, 23, 7, 0), (2026, 11, 23)),
        ("weekly", (2026, 11, 23, 6, 59), (2026, 11, 16)),
        ("weekly", (2026, 11, 29, 23, 0), (2026, 11, 23)),
        ("monthly", (2026, 12, 1, 7, 0), (2026, 12, 1)),
        ("monthly", (2026, 12, 1, 6, 0), (2026, 11, 1)),
        ("monthly", (2026, 12, 31, 23, 0), (2026, 12, 1)),
        ("monthly", (2027, 1, 1, 0, 0), (2026, 12, 1)),
    ],
)
def test_when_digests_are_due(frequency: str, now: tuple[int, ...], due: tuple[int, int, int]) -> None:
    assert last_due(frequency, datetime(*now, tzinfo=UTC)) == datetime(*due, 7, tzinfo=UTC)


def test_a_run_is_made_once_a_period() -> None:
    assert len(actions.run_what_is_due(MONDAY)) == 3
    assert actions.run_what_is_due(MONDAY) == []
    assert [run.frequency for run in actions.run_what_is_due(MONDAY + timedelta(days=1))] == ["daily"]


def test_days_without_a_sweeper_are_made_up_in_one_mail() -> None:
    visitor("a@example.org", frequency="daily")
    change()
    run = daily(9)
    assert send(run) == ["a@example.org"]
    assert balance(run).holds


def test_a_late_match_falls_into_the_next_run() -> None:
    """An event from before the run that is matched only after it: the run claims rows, not a span of time."""
    visitor("a@example.org", frequency="daily")
    change("notice/early")
    first = daily(1)
    event = change("notice/late")
    ChangeEvent.objects.filter(pk=event.pk).update(created_at=timezone.now() - timedelta(minutes=30))
    second = daily(2)
    told = DeliveryItem.objects.order_by("pk").values_list("delivery__run", "event__key")
    assert list(told) == [(first.pk, "notice/early"), (second.pk, "notice/late")]
    assert balance(first).holds
    assert balance(second).holds


def test_told_once_across_topics_and_frequencies() -> None:
    visitor("a@example.org", frequency="at-once", jurisdiction=["cn"])
    visitor("a@example.org", frequency="at-once", kind=["notice"])
    visitor("a@example.org", frequency="daily")
    change()
    actions.match_events()
    at_once = actions.run_at_once(timezone.now())
    assert at_once is not None
    assert send(at_once) == ["a@example.org"]
    ledger = balance(at_once)
    assert (ledger.matches, ledger.sent, ledger.told_already) == (2, 1, 1)
    later = daily()
    assert send(later) == []
    assert (balance(later).matches, balance(later).told_already) == (1, 1)
    assert balance(at_once).holds
    assert balance(later).holds


def test_no_run_at_once_without_matches() -> None:
    visitor("a@example.org", frequency="daily")
    change()
    actions.match_events()
    assert actions.run_at_once(timezone.now()) is None


def test_another_rhythm_takes_along_what_waits() -> None:
    """From weekly to daily in the middle: told with the next daily mail, and not again on Monday."""
    subscription = visitor("a@example.org", frequency="weekly")
    change()
    actions.match_events()
    actions.change_frequency(subscription, frequency="daily", by=SYSTEM)
    assert send(daily()) == ["a@example.org"]
    weekly = [run for run in actions.run_what_is_due(MONDAY + timedelta(days=8)) if run.frequency == "weekly"]
    assert balance(weekly[0]).matches == 0


def test_who_left_before_the_run_is_not_claimed() -> None:
    subscription = visitor("a@example.org", frequency="daily")
    change()
    actions.match_events()
    actions.stop_all(subscription.subscriber)
    run = daily()
    assert not run.deliveries.exists()
    assert balance(run).matches == 0


def test_who_leaves_after_the_run_is_suppressed() -> None:
    subscription = visitor("a@example.org", frequency="daily")
    change()
    run = daily()
    actions.stop_all(subscription.subscriber)
    assert send(run) == []
    assert balance(run).suppressed == 1
    assert balance(run).holds


def test_a_suppressed_address_gets_nothing() -> None:
    subscription = member(frequency="daily")
    actions.suppress(subscription.subscriber.email.upper(), kind=Suppression.Kind.COMPLAINT)
    change()
    run = daily()
    assert send(run) == []
    assert run.deliveries.get().state == State.SUPPRESSED
    assert balance(run).holds


def test_the_equation_can_fail() -> None:
    visitor("a@example.org", frequency="daily")
    change()
    run = daily()
    DeliveryItem.objects.all().delete()
    assert not balance(run).holds


def test_a_run_claims_once() -> None:
    visitor("a@example.org", frequency="daily")
    run = daily()
    change()
    actions.match_events()
    assert actions.claim(run) == 0
    assert ChangeMatch.objects.get().run is None


def test_a_mail_has_the_same_message_id_however_often_it_is_made() -> None:
    visitor("a@example.org", frequency="daily")
    change()
    run = daily()
    delivery = run.deliveries.get()
    assert delivery.message_id == message_id(run, delivery.subscriber)


# --- Leases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "after"), [("claimed", "pending"), ("handing", "uncertain")])
def test_a_lease_that_ran_out(state: str, after: str) -> None:
    visitor("a@example.org", frequency="daily")
    change()
    run = daily()
    now = timezone.now()
    run.deliveries.update(state=state, claim="gone", lease_until=now + timedelta(minutes=1))
    assert actions.take_back(now) == (0, 0)
    actions.take_back(now + timedelta(minutes=2))
    assert run.deliveries.get().state == after


def test_a_slow_worker_may_still_say_that_it_sent() -> None:
    visitor("a@example.org", frequency="daily")
    change()
    delivery = daily().deliveries.get()
    Delivery.objects.update(state=State.HANDING, claim="mine", lease_until=timezone.now())
    actions.take_back(timezone.now() + timedelta(minutes=1))
    assert not actions.settle(delivery, claim="other", state=State.HANDED_OVER)
    assert actions.settle(delivery, claim="mine", state=State.HANDED_OVER)


def test_a_row_taken_back_is_not_sent_by_its_first_worker() -> None:
    """The lease ended while the worker was busy with another mail: it must leave the row alone."""
    visitor("a@example.org", frequency="daily")
    change()
    delivery = daily().deliveries.get()
    Delivery.objects.update(state=State.CLAIMED, claim="slow", lease_until=timezone.now() - timedelta(seconds=1))
    assert not _Book("slow").begin(delivery)
    Delivery.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
    assert not _Book("another").begin(delivery)
    assert _Book("slow").begin(delivery)


def test_the_sweeper_does_all_of_it() -> None:
    visitor("a@example.org", frequency="at-once")
    change()
    actions.sweep(MONDAY)
    run = DigestRun.objects.get(frequency="at-once")
    assert run.finished_at is None
    send(run)
    run.refresh_from_db()
    assert run.finished_at is not None
    assert balance(run).sent == 1


def test_the_unconfirmed_are_forgotten() -> None:
    kept = visitor("kept@example.org")
    actions.sign_up("gone@example.org", filters={}, frequency="daily", language="en")
    assert actions.forget_unconfirmed(before=timezone.now() - timedelta(days=14)) == 0
    assert actions.forget_unconfirmed(before=timezone.now() + timedelta(minutes=1)) > 0
    assert list(Subscription.objects.all()) == [kept]
