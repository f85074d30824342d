"""Doorways for the worker."""

import structlog
from celery import shared_task

from portal.search import actions

log = structlog.get_logger(__name__)


@shared_task(name="search.refresh")
def refresh() -> None:
    """After midnight: texts that took effect or ended with the day, which nobody announces."""
    actions.purge()
    log.info("search index refreshed", entries=actions.refresh())
