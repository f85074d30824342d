"""Following and leaving: for people with an account at once, for visitors after their address is confirmed."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.queries import deactivated
from portal.core import audit
from portal.core.actors import SYSTEM, Actor
from portal.core.background import enqueue
from portal.core.errors import NotFound
from portal.updates.mails import send_confirmation
from portal.updates.models import Facet, Subscriber, Subscription, SubscriptionFilter

Filters = Mapping[str, Iterable[str]]
"""Facet -> wanted values; an absent or empty facet takes everything."""

SALT = "updates.confirm"
CONFIRM_WITHIN = timedelta(days=7)


@transaction.atomic
def follow(user: User, *, filters: Filters, frequency: str, by: Actor) -> Subscription:
    """A person with an account follows something; the same filters again only change the frequency.

    Whoever followed with this address as a visitor keeps all of it under the account.
    """
    subscriber = _subscriber_of(user)
    return _start(subscriber, filters, frequency, by=by, confirmed=True)


@transaction.atomic
def sign_up(address: str, *, filters: Filters, frequency: str, language: str) -> Subscription:
    """A visitor wants to follow something: nothing is sent but a mail that asks, until the address is confirmed.

    The outcome looks the same whether the address is known or not. The address of an account is followed
    under that account, so that nobody is told twice.
    """
    address = address.strip().lower()
    verified = {"emailaddress__email": address, "emailaddress__verified": True}
    user = User.objects.filter(email=address, is_active=True, **verified).first()
    if user is not None:
        subscriber = _subscriber_of(user)
    else:
        subscriber, _created = Subscriber.objects.get_or_create(
            address=address, defaults={"language": language, "token": secrets.token_urlsafe(32)}
        )
        if subscriber.confirmed_at is None:
            subscriber.language = language
            subscriber.save(update_fields=["language"])
    subscription = _start(subscriber, filters, frequency, by=_actor(subscriber), confirmed=False)
    enqueue("updates.ask", subscription_id=subscription.pk)
    return subscription


def ask(subscription: Subscription) -> bool:
    """Send the mail that asks to confirm, once for each sign-up. Whether it was sent now."""
    now = timezone.now()
    rows = Subscription.objects.filter(pk=subscription.pk, asked_at=None, ended_at=None)
    if not rows.update(asked_at=now) or deactivated([subscription.subscriber.email]):
        return False
    try:
        send_confirmation(subscription, signing.dumps([subscription.pk, subscription.asked_frequency], salt=SALT))
    except OSError:  # no mail server: the sweeper asks again
        Subscription.objects.filter(pk=subscription.pk, asked_at=now).update(asked_at=None)
        raise
    return True


def read_confirmation(token: str) -> tuple[Subscription, str]:
    """The subscription and the frequency that a confirmation link speaks of. NotFound with a sentence otherwise."""
    try:
        pk, frequency = signing.loads(token, salt=SALT, max_age=CONFIRM_WITHIN)
        rows = Subscription.objects.select_related("subscriber__user").prefetch_related("filters")
        return rows.get(pk=pk, ended_at=None), frequency
    except signing.SignatureExpired:
        raise NotFound(
            _("This link has run out. Please sign up once more, and use the new one within a week.")
        ) from None
    except (signing.BadSignature, Subscription.DoesNotExist):
        raise NotFound(
            _("This link is not known. Perhaps your mail program broke it in two: copy all of it.")
        ) from None


@transaction.atomic
def confirm(token: str) -> Subscription:
    """The holder of the address says yes. Saying it twice changes nothing."""
    subscription, frequency = read_confirmation(token)
    subscriber = subscription.subscriber
    if subscription.confirmed_at is None:
        now = timezone.now()
        # From now on: what changed between sign-up and confirmation is not told.
        subscription.created_at = subscription.confirmed_at = now
        subscription.frequency = frequency
        subscription.save(update_fields=["created_at", "confirmed_at", "frequency"])
        _welcome(subscriber, now)
        audit.record("subscription.started", by=_actor(subscriber), target=f"subscription/{subscription.pk}")
    elif subscription.frequency != frequency:
        change_frequency(subscription, frequency=frequency, by=_actor(subscriber))
    return subscription


@transaction.atomic
def change_frequency(subscription: Subscription, *, frequency: str, by: Actor) -> None:
    """Tell of it more or less often. What waits to be told waits for the new frequency's next run."""
    if subscription.frequency == frequency:
        return
    subscription.frequency = frequency
    subscription.save(update_fields=["frequency"])
    audit.record("subscription.changed", by=by, target=f"subscription/{subscription.pk}", frequency=frequency)


@transaction.atomic
def end(subscription: Subscription, *, by: Actor) -> None:
    """Stop following one thing; what waited to be told through it is not told any more."""
    if Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=timezone.now()):
        audit.record("subscription.ended", by=by, target=f"subscription/{subscription.pk}")


@transaction.atomic
def stop_all(subscriber: Subscriber, *, by: Actor | None = None) -> None:
    """No more mail: every subscription ends, and mails that wait are not sent. Twice is as once."""
    now = timezone.now()
    ended = subscriber.subscriptions.filter(ended_at=None).update(ended_at=now)
    fresh = Subscriber.objects.filter(pk=subscriber.pk, unsubscribed_at=None).update(unsubscribed_at=now)
    if ended or fresh:
        audit.record("subscriber.left", by=by or _actor(subscriber), target=f"subscriber/{subscriber.pk}", ended=ended)


def forget_unconfirmed(*, before: datetime) -> int:
    """Remove the addresses of those who signed up before this moment and never confirmed anything."""
    rows = Subscriber.objects.filter(user=None, confirmed_at=None, created_at__lt=before, deliveries=None)
    rows = rows.exclude(subscriptions__created_at__gte=before)
    return rows.delete()[0]


def _start(subscriber: Subscriber, filters: Filters, frequency: str, *, by: Actor, confirmed: bool) -> Subscription:
    wanted = {facet: sorted(set(filters.get(facet) or ())) or [""] for facet in Facet.values}
    now = timezone.now()
    subscription, created = Subscription.objects.get_or_create(
        subscriber=subscriber,
        signature=hashlib.sha256(repr(sorted(wanted.items())).encode()).hexdigest(),
        ended_at=None,
        defaults={
            "frequency": frequency,
            "asked_frequency": "" if confirmed else frequency,
            "confirmed_at": now if confirmed else None,
        },
    )
    if created:
        SubscriptionFilter.objects.bulk_create(
            SubscriptionFilter(subscription=subscription, facet=facet, value=value)
            for facet, values in wanted.items()
            for value in values
        )
        if confirmed:
            audit.record("subscription.started", by=by, target=f"subscription/{subscription.pk}")
    elif confirmed:
        if subscription.confirmed_at is None:
            subscription.created_at = subscription.confirmed_at = now
            subscription.save(update_fields=["created_at", "confirmed_at"])
        change_frequency(subscription, frequency=frequency, by=by)
    else:
        # Ask again: a standing subscription is only changed by the link in the mail, never by the form.
        subscription.asked_at, subscription.asked_frequency = None, frequency
        subscription.save(update_fields=["asked_at", "asked_frequency"])
    if confirmed:
        _welcome(subscriber, now)
    return subscription


def _welcome(subscriber: Subscriber, now: datetime) -> None:
    subscriber.confirmed_at = subscriber.confirmed_at or now
    subscriber.unsubscribed_at = None
    subscriber.save(update_fields=["confirmed_at", "unsubscribed_at"])


def _subscriber_of(user: User) -> Subscriber:
    """The person's subscriber: the one there is, the visitor they were with this address, or a new one."""
    subscriber = Subscriber.objects.filter(user=user).first()
    if subscriber is not None:
        return subscriber
    visitor = Subscriber.objects.filter(address=user.email).first()
    if visitor is not None:
        visitor.user, visitor.address = user, None
        visitor.save(update_fields=["user", "address"])
        return visitor
    return Subscriber.objects.create(user=user, language=user.language, token=secrets.token_urlsafe(32))


def _actor(subscriber: Subscriber) -> Actor:
    """Who acts for a subscriber; a visitor's address does not enter the trail."""
    if subscriber.user:
        return subscriber.user.actor
    return Actor(f"subscriber:{subscriber.pk}", "Visitor") if subscriber.pk else SYSTEM
