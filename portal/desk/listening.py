"""What the desk hears from below."""

from typing import Any

from django.dispatch import receiver

from portal.core.background import enqueue
from portal.notices.models import Notice
from portal.notices.signals import failed


@receiver(failed, dispatch_uid="desk.tell_of_failure")
def tell_of_failure(sender: object, *, notice: Notice, **kwargs: Any) -> None:
    """A scheduled notice that did not go out is told to its desk."""
    enqueue("desk.tell_of_failure", notice_id=notice.pk)
