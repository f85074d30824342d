"""The one way to hand work to the worker."""

import time
from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)

QUIET = 5.0
"""Seconds without a new try after the broker could not be reached."""


class Gate:
    """Shut for a while after the broker failed, so that a request with much to enqueue waits for it once at most."""

    def __init__(self) -> None:
        self.shut_until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() >= self.shut_until

    def shut(self) -> None:
        self.shut_until = time.monotonic() + QUIET

    def open(self) -> None:
        self.shut_until = 0.0


gate = Gate()


def enqueue(task: str, **ids: Any) -> None:
    """Send the task after the surrounding transaction commits. Arguments are ids, never rows or texts.

    When the broker cannot be reached nothing is lost: what is to be done stands in rows, and a sweeper
    (beat) finds it later.
    """
    transaction.on_commit(partial(_send, task, ids))


def _send(task: str, ids: dict[str, Any]) -> None:
    if not gate.is_open:
        return
    try:
        current_app.send_task(task, kwargs=ids, retry=False)
    except (OperationalError, ConnectionError) as error:
        gate.shut()
        log.warning("broker not reached, the sweeper will find the work", task=task, error=str(error), **ids)
