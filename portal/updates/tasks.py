"""Doorways for the worker."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from portal.updates import actions
from portal.updates.models import DigestRun, Subscription


@shared_task(name="updates.sweep")
def sweep() -> None:
    """Match, make the runs that are due, re-queue what is stuck. Beat knocks every minute."""
    actions.sweep()
    actions.forget_unconfirmed(before=timezone.now() - timedelta(days=14))


@shared_task(name="updates.send_batch")
def send_batch(*, run_id: int) -> None:
    """Send some of the mails of a run."""
    actions.send_batch(DigestRun.objects.get(pk=run_id))


@shared_task(name="updates.ask")
def ask(*, subscription_id: int) -> None:
    """Ask the holder of an address to confirm."""
    subscription = Subscription.objects.select_related("subscriber__user").get(pk=subscription_id)
    actions.ask(subscription)
