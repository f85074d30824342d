"""Doorways for the worker."""

from celery import shared_task

from portal.desk import actions
from portal.notices.models import Notice


@shared_task(name="desk.tell_of_failure")
def tell_of_failure(*, notice_id: int) -> None:
    """Tell the people of a desk that a scheduled notice did not go out."""
    row = Notice.objects.filter(pk=notice_id).first()
    if row is not None:
        actions.tell_of_failure(row)
