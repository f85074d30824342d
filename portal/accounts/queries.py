"""Reads that concern people's addresses and their mails."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from portal.accounts.models import MailState, PersonalMail, User


def deactivated(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in lower case, that belong to an account that may not sign in. Two queries.

    Nothing is mailed to them, whoever asks.
    """
    wanted = {address.lower() for address in addresses}
    people = User.objects.filter(is_active=False, email__in=wanted).values_list("email", flat=True)
    more = EmailAddress.objects.filter(user__is_active=False, email__in=wanted).values_list("email", flat=True)
    return {address.lower() for address in [*people, *more]}


def waiting_mails(now: datetime) -> QuerySet[PersonalMail]:
    """Mails that may be sent now, oldest first."""
    due = Q(not_before=None) | Q(not_before__lte=now)
    return PersonalMail.objects.filter(due, state=MailState.PENDING).order_by("pk")
