"""Doorways for the worker."""

from celery import shared_task

from portal.guidance import actions
from portal.guidance.models import TextIntake


@shared_task(name="guidance.plan_text")
def plan_text(*, intake_id: int) -> None:
    """Read a file of official texts and work out what it would do."""
    row = TextIntake.objects.filter(pk=intake_id).first()
    if row is not None:
        actions.plan_intake(row)


@shared_task(name="guidance.apply_text")
def apply_text(*, intake_id: int) -> None:
    """Take in the texts of an import that was decided on."""
    row = TextIntake.objects.filter(pk=intake_id).first()
    if row is not None:
        actions.apply_intake(row)


@shared_task(name="guidance.sweep_texts")
def sweep_texts() -> None:
    """Queue imports again whose worker never came. Beat knocks every minute."""
    actions.sweep()
