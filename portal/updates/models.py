"""What changed, who wants to hear of it, and the ledger of every mail that told somebody.

The ledger's order: a `ChangeEvent` is matched with subscriptions (`ChangeMatch`); a `DigestRun` claims matches;
each claimed match becomes one `DeliveryItem` of one `Delivery`, or is known to have been told already.
"""

import hashlib
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from portal.accounts.models import User


class Facet(models.TextChoices):
    """What a follower may narrow a subscription by."""

    TOPIC = "topic", _("Topic")
    JURISDICTION = "jurisdiction", _("Jurisdiction")
    KIND = "kind", _("Kind")


class What(models.TextChoices):
    """What happened to the thing."""

    PUBLISHED = "published", _("New")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChangeEvent(models.Model):
    """One thing that a follower may want to hear of, written in the transaction that published it.

    `matched_at` is None until it was compared with the subscriptions of that time.
    """

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    what = models.CharField(max_length=20, choices=What.choices)
    version = models.CharField(max_length=40, default="1")
    title = I18nCharField(max_length=600)
    summary = I18nTextField(blank=True)
    jurisdictions = models.JSONField(default=list, blank=True)
    topics = models.JSONField(default=list, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    substantive = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    matched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key", "version", "what"], name="change_once")]
        indexes = [models.Index(fields=["created_at"], name="change_unmatched", condition=Q(matched_at=None))]

    def __str__(self) -> str:
        return f"{self.key} {self.what} ({self.version})"

    def get_absolute_url(self) -> str:
        """The permanent address of the thing, in the reader's language."""
        return reverse("references:resolve", kwargs={"key": self.key})

    @property
    def href(self) -> str:
        return self.get_absolute_url()

    @property
    def date(self) -> date:
        """The day on which this site told of it, for the reader."""
        return timezone.localdate(self.created_at)


class ChangeFacet(models.Model):
    """One topic, jurisdiction or kind of an event, as a row, so that lists and feeds filter with an index."""

    event = models.ForeignKey(ChangeEvent, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=12, choices=Facet.choices)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "facet", "value"], name="facet_once_per_change")]
        indexes = [models.Index(fields=["facet", "value"], name="change_by_facet")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


def address_hash(address: str) -> str:
    """How an address is remembered when it must be recognised but not kept."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


class Subscriber(models.Model):
    """Who receives: a person with an account (`user`), or the holder of a confirmed `address`.

    `unsubscribed_at` is set when all mail was stopped, and None again as soon as something is followed anew.
    `token` opens the page where a visitor manages what they follow.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriber")
    address = models.EmailField(null=True, blank=True, unique=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=50, default="UTC")
    token = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, address__isnull=False) | Q(user__isnull=False, address=None),
                name="subscriber_is_user_or_address",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def email(self) -> str:
        return self.user.email if self.user else self.address or ""

    @property
    def reads_in(self) -> str:
        """The language of this reader's mails."""
        return self.user.language if self.user else self.language

    @property
    def reachable(self) -> bool:
        """Whether this reader wants mail at all; suppression of the address is another matter."""
        return self.unsubscribed_at is None and (self.user is None or self.user.is_active)


class Frequency(models.TextChoices):
    """How often a subscription's changes are told."""

    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly, on Monday")
    MONTHLY = "monthly", _("Monthly, on the first day")


class Subscription(models.Model):
    """What one subscriber follows. Never deleted: it ends.

    `asked_at` is when the mail to confirm it was sent, `asked_frequency` what that mail asks; the frequency
    itself changes only when the holder of the address says yes.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    signature = models.CharField(max_length=64, help_text="Hash of the filters: the same thing is followed once.")
    created_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_frequency = models.CharField(max_length=10, choices=Frequency.choices, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "signature"], condition=Q(ended_at=None), name="subscription_once_per_filters"
            )
        ]
        indexes = [models.Index(fields=["frequency", "ended_at"], name="subscription_by_frequency")]

    def __str__(self) -> str:
        return f"{self.subscriber_id}: {self.frequency}"


class SubscriptionFilter(models.Model):
    """One value of one facet that a subscription wants; "" is any value. Each facet has at least one row."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="filters")
    facet = models.CharField(max_length=12, choices=Facet.choices)
    value = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["facet", "value"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "facet", "value"], name="filter_once_per_subscription")
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value or '*'}"


class DigestRun(models.Model):
    """One time that mails of one frequency go out. `claimed_at` is when it took the matches that are its own."""

    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    period_end = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-period_end", "-pk"]
        constraints = [models.UniqueConstraint(fields=["frequency", "period_end"], name="run_once_per_period")]

    def __str__(self) -> str:
        return f"{self.frequency} {self.period_end:%Y-%m-%d %H:%M}"


class ChangeMatch(models.Model):
    """This subscription asked for this event. `run` is None until a run claims it, whenever that is."""

    event = models.ForeignKey(ChangeEvent, on_delete=models.CASCADE, related_name="matches")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="matches")
    run = models.ForeignKey(DigestRun, on_delete=models.PROTECT, null=True, blank=True, related_name="matches")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subscription"], name="match_once")]
        indexes = [models.Index(fields=["subscription"], name="match_unclaimed", condition=Q(run=None))]

    def __str__(self) -> str:
        return f"{self.event_id} for {self.subscription_id}"


class State(models.TextChoices):
    """How far a delivery has come.

    `HANDING` is written before the mail server is spoken to: if the process dies there, nobody can know whether
    the mail left, and the row becomes `UNCERTAIN`, which is never sent again by itself.
    """

    PENDING = "pending", _("waiting")
    CLAIMED = "claimed", _("taken by a worker")
    HANDING = "handing", _("being handed over")
    HANDED_OVER = "handed-over", _("handed over")
    DELIVERED = "delivered", _("delivered")
    BOUNCED = "bounced", _("bounced")
    FAILED = "failed", _("failed")
    UNCERTAIN = "uncertain", _("uncertain")
    SUPPRESSED = "suppressed", _("not wanted any more")


class Delivery(models.Model):
    """One mail to one subscriber.

    It belongs to a run; or it is a reminder, which has no run and an `occasion` such as `obligation/12#due-7`,
    once for each subscriber. `claim` names the worker's grip until `lease_until`; `not_before` is a retry's time.
    """

    OPEN: ClassVar[list[str]] = [State.PENDING, State.CLAIMED, State.HANDING]

    run = models.ForeignKey(DigestRun, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries")
    occasion = models.CharField(max_length=120, blank=True)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=200, unique=True)
    token = models.CharField(max_length=43, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True, help_text="The last words of the mail server.")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["run", "subscriber"], name="delivery_once_per_run"),
            models.UniqueConstraint(
                fields=["occasion", "subscriber"], condition=~Q(occasion=""), name="delivery_once_per_occasion"
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=False, occasion="") | (Q(run=None) & ~Q(occasion="")),
                name="delivery_has_run_or_occasion",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state"], name="delivery_by_state"),
            models.Index(fields=["lease_until"], name="delivery_leased", condition=Q(state__in=["claimed", "handing"])),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class DeliveryItem(models.Model):
    """What a delivery tells, and through which subscription. A subscriber is told of an event once, ever."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="items")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="items")
    event = models.ForeignKey(ChangeEvent, on_delete=models.CASCADE, related_name="items")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "event"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.subscriber_id}"


class Suppression(models.Model):
    """An address that gets no mail: it bounced for good, or its holder complained. Only its hash is kept."""

    class Kind(models.TextChoices):
        BOUNCE = "bounce", _("bounced for good")
        COMPLAINT = "complaint", _("complained")
        OPERATOR = "operator", _("stopped by the operator")

    hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.hash[:12]}"
