"""The portal's Celery application for the worker of the tests: it says when it takes tasks."""

import os
from pathlib import Path
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from portal.celery import app

__all__ = ["app"]


@worker_ready.connect
def say_ready(**_: Any) -> None:
    Path(os.environ["WORKER_READY_FILE"]).touch()


@shared_task(name="tests.audit")
def audit(target: str) -> None:
    """Leaves a row, so that a test can see that work went to the worker and came to the same database."""
    from portal.core import audit
    from portal.core.actors import SYSTEM

    audit.record("tests.audited", by=SYSTEM, target=target)


@shared_task(name="tests.mail")
def mail(to: str) -> None:
    """Sends a mail from the worker."""
    from django.core.mail import send_mail

    send_mail("From the worker", "Words.", None, [to])
