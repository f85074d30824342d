"""Doorways for the worker."""

import structlog
from celery import shared_task

from portal.courses import actions

log = structlog.get_logger(__name__)


@shared_task(name="courses.close_overdue")
def close_overdue() -> None:
    """Submit attempts whose time is up, with what was answered."""
    closed = actions.close_overdue()
    if closed:
        log.info("overdue attempts closed", attempts=closed)
