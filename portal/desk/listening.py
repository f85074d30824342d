"""What the desk hears from below."""

from typing import Any

from django.dispatch import receiver

from portal.core.actors import Actor
from portal.core.background import enqueue
from portal.desk import actions
from portal.notices.models import Notice
from portal.notices.signals import failed
from portal.organisations.models import Organisation
from portal.organisations.signals import closed


@receiver(failed, dispatch_uid="desk.tell_of_failure")
def tell_of_failure(sender: object, *, notice: Notice, **kwargs: Any) -> None:
    """A scheduled notice that did not go out is told to its desk."""
    enqueue("desk.tell_of_failure", notice_id=notice.pk)


@receiver(closed, dispatch_uid="desk.take_out_of_schedule")
def take_out_of_schedule(sender: object, *, organisation: Organisation, by: Actor, **kwargs: Any) -> None:
    """What a closed authority had set to be published is not published."""
    actions.take_out_of_schedule(organisation, by=by)
