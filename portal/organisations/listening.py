"""What organisations hear from below."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import User
from portal.accounts.signals import closing
from portal.organisations import actions


@receiver(closing, dispatch_uid="organisations.leave_all")
def leave_all(sender: object, *, user: User, **kwargs: Any) -> None:
    """Who closes their account leaves every organisation; the last owner of one is refused."""
    actions.leave_all(user, by=user.actor)
