"""Doorways for the worker."""

from datetime import timedelta

from celery import shared_task

from portal.core.background import enqueue
from portal.organisations import actions, queries
from portal.organisations.models import Invitation


@shared_task(name="organisations.send_invitation")
def send_invitation(*, invitation_id: int) -> None:
    """Mail one invitation."""
    row = Invitation.objects.select_related("organisation", "invited_by").filter(pk=invitation_id).first()
    if row is not None:
        actions.send_invitation(row)


@shared_task(name="organisations.send_waiting")
def send_waiting() -> None:
    """Send for every invitation whose mail was lost on the way to the worker, or could not leave."""
    for pk in queries.unsent_invitations(before=timedelta(minutes=3)).values_list("pk", flat=True):
        enqueue("organisations.send_invitation", invitation_id=pk)
