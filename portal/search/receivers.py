"""What lower apps announce: the index follows inside their transaction."""

from django.dispatch import receiver

from portal.accounts.models import User
from portal.accounts.signals import closing
from portal.core.signals import published, withdrawn
from portal.search import actions


@receiver([published, withdrawn], dispatch_uid="search.follow")
def follow(sender: object, *, keys: list[str], **others: object) -> None:
    """Published or withdrawn, the rows of the apps say what there is to find now."""
    actions.reindex(keys)


@receiver(closing, dispatch_uid="search.forget")
def forget(sender: object, *, user: User, **others: object) -> None:
    """Who leaves takes their searches along."""
    actions.forget(user)
