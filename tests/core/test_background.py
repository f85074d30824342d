"""Work goes to the worker after the commit, and only then."""

import logging
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery, current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from deploy.services import free_port
from portal.core import background
from portal.core.background import enqueue, gate

Sent = list[tuple[str, dict[str, Any]]]


@pytest.fixture(autouse=True)
def _open_gate() -> Iterator[None]:
    gate.open()
    yield
    gate.open()


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


def elsewhere(monkeypatch: pytest.MonkeyPatch, port: int, **options: Any) -> None:
    """Our settings of Celery, with the broker at this port."""
    app = Celery("elsewhere", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | options
    monkeypatch.setattr(background, "current_app", app)


@pytest.mark.django_db(transaction=True)
def test_a_closed_port_costs_a_second_at_most_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere(monkeypatch, free_port())
    start = time.monotonic()
    with caplog.at_level(logging.WARNING):
        for number in range(50):
            enqueue("tests.audit", target=str(number))
    assert time.monotonic() - start < 1.5
    assert caplog.text.count("the sweeper will find the work") == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["socket_timeout"] <= 5
    with socket.create_server(("127.0.0.1", 0)) as silent:
        elsewhere(monkeypatch, silent.getsockname()[1], socket_timeout=0.3)
        start = time.monotonic()
        enqueue("tests.audit", target="a")
    assert time.monotonic() - start < 2
    assert not gate.is_open


@pytest.mark.django_db(transaction=True)
def test_the_broker_is_tried_again_after_a_while(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    gate.shut()
    enqueue("tests.audit", target="a")
    assert sent == []
    now = time.monotonic()
    monkeypatch.setattr(background.time, "monotonic", lambda: now + background.QUIET + 1)
    enqueue("tests.audit", target="b")
    assert sent == [("tests.audit", {"target": "b"})]
