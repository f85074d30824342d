"""Doorways for the worker."""

import structlog
from celery import shared_task

from portal.reading import actions

log = structlog.get_logger(__name__)


@shared_task(name="reading.sweep")
def sweep() -> None:
    """Ask again what has changed, ask who joined, remind who is near or past their day, clear what was removed."""
    done = {
        "again": actions.ask_again(),
        "newcomers": actions.ask_newcomers(),
        "reminders": actions.remind(),
        "cleared": actions.sweep_removed(),
    }
    if any(done.values()):
        log.info("reading swept", **done)
