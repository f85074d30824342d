"""The one way to hand work to the worker."""

from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def enqueue(task: str, **ids: Any) -> None:
    """Send the task after the surrounding transaction commits. Arguments are ids, never rows or texts.

    When the broker cannot be reached nothing is lost: what is to be done stands in rows, and a sweeper
    (beat) finds it later.
    """
    transaction.on_commit(partial(_send, task, ids))


def _send(task: str, ids: dict[str, Any]) -> None:
    try:
        current_app.send_task(task, kwargs=ids, retry=False)
    except (OperationalError, ConnectionError) as error:
        log.warning("broker not reached, the sweeper will find the work", task=task, error=str(error), **ids)
