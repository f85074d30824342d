"""Doorways for the worker."""

import structlog
from celery import shared_task

from portal.notices import actions

log = structlog.get_logger(__name__)


@shared_task(name="notices.publish_due")
def publish_due() -> None:
    """Publish the scheduled notices whose time has come."""
    done = actions.publish_due()
    if done:
        log.info("published scheduled notices", count=done)
