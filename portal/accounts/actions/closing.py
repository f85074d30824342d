"""What a person does with their own account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.signals import closing
from portal.core import audit


@transaction.atomic
def close(user: User) -> None:
    """Close the account for good: no sign-in, no address, no second factor; memberships end.

    The name stays beside what the person did: answers, certificates and the audit trail must keep telling who.
    The address is freed, so that it can sign up anew.
    """
    closing.send(sender=User, user=user)
    actor = user.actor
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email = f"closed-{user.pk}@closed.invalid"
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    audit.record("account.closed", by=actor, target=actor.key, label=actor.label)
