"""The services that the other tests lean on do what they promise."""

import socket

import pytest
from django.core.mail import send_mail
from django.db import transaction
from pytest_socket import SocketConnectBlockedError
from redis import Redis

from portal.core.background import enqueue
from portal.core.models import AuditEvent
from tests.services import SmtpSink, Worker, wait_for


def test_the_network_is_shut() -> None:
    with pytest.raises((SocketConnectBlockedError, UserWarning), match="A test tried to use socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_redis_answers(redis: Redis) -> None:
    redis.set("tests", "here", ex=5)
    assert redis.get("tests") == b"here"


def test_the_worker_shares_the_database(worker: Worker) -> None:
    with transaction.atomic():
        enqueue("tests.audit", target="tests/one")
    event = worker.wait(lambda: AuditEvent.objects.filter(target_key="tests/one").first())
    assert event.event == "tests.audited"


def test_work_waits_while_the_worker_is_dead(worker: Worker, redis: Redis) -> None:
    worker.kill()
    enqueue("tests.audit", target="tests/two")
    assert redis.llen("celery") == 1
    assert not AuditEvent.objects.exists()
    worker.start()
    worker.wait(lambda: AuditEvent.objects.filter(target_key="tests/two").exists())


def test_mail_of_the_worker_arrives(worker: Worker, smtp_sink: SmtpSink) -> None:
    enqueue("tests.mail", to="reader@example.org")
    worker.wait(lambda: smtp_sink.to("reader@example.org"))
    assert smtp_sink.messages[0]["Subject"] == "From the worker"


def test_the_mail_server_refuses_whom_it_is_told_to(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("gone@example.org")
    with pytest.raises(Exception, match="No such mailbox"):
        send_mail("Hello", "Words.", None, ["gone@example.org"])
    send_mail("Hello", "Words.", None, ["here@example.org"])
    assert [mail["X-Received-For"] for mail in smtp_sink.messages] == ["here@example.org"]


def test_waiting_in_vain_says_for_what() -> None:
    with pytest.raises(AssertionError, match="the impossible"):
        wait_for(lambda: False, seconds=0.05, what="the impossible")
