"""Doorways for the worker."""

from celery import shared_task
from django.core.management import call_command

from portal.accounts import actions
from portal.accounts.models import PersonalMail


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Remove sessions that have run out."""
    call_command("clearsessions")


@shared_task(name="accounts.send_mail")
def send_mail(*, mail_id: int) -> None:
    """Send one personal mail."""
    row = PersonalMail.objects.filter(pk=mail_id).first()
    if row is not None:
        actions.send_mail(row)


@shared_task(name="accounts.send_waiting")
def send_waiting() -> None:
    """Re-queue personal mails that were lost on the way. Beat knocks every minute."""
    actions.sweep_mails()
