"""Work goes to the worker after the commit, and only then."""

import logging
from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from portal.core.background import enqueue

Sent = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What would have gone to the broker."""
    calls: Sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, kwargs, retry: calls.append((name, kwargs)))
    return calls


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_before_the_commit(sent: Sent) -> None:
    with transaction.atomic():
        enqueue("tests.audit", target="a")
        assert sent == []
    assert sent == [("tests.audit", {"target": "a"})]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_when_the_transaction_fails(sent: Sent) -> None:
    with transaction.atomic():
        enqueue("tests.audit", target="a")
        transaction.set_rollback(True)
    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_it_goes_at_once(sent: Sent) -> None:
    enqueue("tests.audit", target="a")
    assert len(sent) == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_gone_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("refused")

    monkeypatch.setattr(current_app, "send_task", gone)
    with caplog.at_level(logging.WARNING):
        enqueue("tests.audit", target="a")
    assert "the sweeper will find the work" in caplog.text
