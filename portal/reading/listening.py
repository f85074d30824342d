"""What reading hears from below."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import User
from portal.accounts.signals import closing
from portal.reading import actions


@receiver(closing, dispatch_uid="reading.forget")
def forget(sender: object, *, user: User, **kwargs: Any) -> None:
    """Who closes their account leaves no bookmarks and notes behind."""
    actions.forget(user)
