"""Reads: what changed, who follows what, and whether the ledger of a run is in balance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.accounts.models import User
from portal.controls.models import Jurisdiction
from portal.core import texts
from portal.core.errors import NotFound
from portal.references.queries import labels
from portal.references.templatetags.kinds import kind_words
from portal.updates.models import (
    ChangeEvent,
    ChangeMatch,
    Delivery,
    DeliveryItem,
    DigestRun,
    Facet,
    State,
    Subscriber,
    Subscription,
    SubscriptionFilter,
)

KINDS = ["notice", "instrument", "guideline", "case", "regime", "list", "course", "framework", "questionnaire"]
"""The kinds that can be followed, in the order in which a mail tells of them."""


# --- What changed ----------------------------------------------------------------------------------------------


def changes(*, topic: str = "", jurisdiction: str = "", kind: str = "") -> QuerySet[ChangeEvent]:
    """What changed, newest first; "" does not narrow. One query."""
    rows = ChangeEvent.objects.all()
    for facet, value in ((Facet.TOPIC, topic), (Facet.JURISDICTION, jurisdiction), (Facet.KIND, kind)):
        if value:
            rows = rows.filter(facets__facet=facet, facets__value=value)
    return rows


def followed_by(user: User, limit: int = 5) -> list[ChangeEvent]:
    """The newest changes that fit what this person follows now. One query."""
    mine = Subscription.objects.filter(subscriber__user=user, ended_at=None, confirmed_at__isnull=False)
    return list(changes().filter(pk__in=ChangeMatch.objects.filter(subscription__in=mine).values("event"))[:limit])


def recent(limit: int = 6) -> list[ChangeEvent]:
    """The newest changes of substance, for the front page. One query."""
    return list(changes().filter(substantive=True)[:limit])


@dataclass(slots=True)
class Words:
    """The words for the values of each facet, `facet -> value -> bilingual or plain label`."""

    topics: dict[str, object] = field(default_factory=dict)
    jurisdictions: dict[str, object] = field(default_factory=dict)

    def of(self, facet: str, value: str, language: str | None = None) -> str:
        """The words for one value, in a language; the value itself where the vocabulary does not have it."""
        if facet == Facet.KIND:
            return kind_words(value)
        known = self.topics if facet == Facet.TOPIC else self.jurisdictions
        return texts.pick(known.get(value), language)[0] or value if value in known else value

    def choices(self, facet: str) -> list[tuple[str, str]]:
        """(value, words) of everything that can be followed, in order, in the reader's language."""
        values: Iterable[str] = KINDS
        if facet != Facet.KIND:
            values = self.topics if facet == Facet.TOPIC else self.jurisdictions
        return [(value, self.of(facet, value)) for value in values]

    def describe(self, subscription: Subscription, language: str | None = None) -> list[str]:
        """What a subscription narrows by, one entry a facet; empty for everything. No query when prefetched."""
        found: dict[str, list[str]] = {}
        for row in subscription.filters.all():
            if row.value:
                found.setdefault(row.facet, []).append(self.of(row.facet, row.value, language))
        return [", ".join(found[facet]) for facet in (Facet.JURISDICTION, Facet.TOPIC, Facet.KIND) if facet in found]


def words() -> Words:
    """The words of all facets. Two queries."""
    jurisdictions = Jurisdiction.objects.filter(withdrawn_on=None)
    return Words(topics=labels("topics")["topics"], jurisdictions={row.code: row.name for row in jurisdictions})


# --- Who follows what ------------------------------------------------------------------------------------------


def following(subscriber: Subscriber) -> QuerySet[Subscription]:
    """What this subscriber follows now. Two queries."""
    return subscriber.subscriptions.filter(ended_at=None, confirmed_at__isnull=False).prefetch_related("filters")


def reach(jurisdictions: Iterable[str], topics: Iterable[str], kinds: Iterable[str]) -> int:
    """How many readers would be told of a change with these facets, published now. One query."""
    rows = Subscription.objects.filter(ended_at=None, confirmed_at__isnull=False, subscriber__unsubscribed_at=None)
    rows = rows.exclude(subscriber__user__is_active=False)
    for facet, values in ((Facet.JURISDICTION, jurisdictions), (Facet.TOPIC, topics), (Facet.KIND, kinds)):
        wanted = SubscriptionFilter.objects.filter(subscription=OuterRef("pk"), facet=facet, value__in=["", *values])
        rows = rows.filter(Exists(wanted))
    return rows.values("subscriber").distinct().count()


def subscriber_of(user: User) -> Subscriber | None:
    """The subscriber that a person with an account is, if they ever followed anything."""
    return Subscriber.objects.filter(user=user).first()


def subscriber_by_token(token: str) -> Subscriber:
    """The visitor who manages their mails by this token; people with an account sign in instead."""
    try:
        return Subscriber.objects.get(token=token, user=None, confirmed_at__isnull=False)
    except Subscriber.DoesNotExist:
        raise _no_such_link() from None


def delivery_by_token(token: str) -> Delivery:
    """The delivery whose unsubscribe link this is."""
    try:
        return Delivery.objects.select_related("subscriber__user").get(token=token)
    except Delivery.DoesNotExist:
        raise _no_such_link() from None


def _no_such_link() -> NotFound:
    from django.utils.translation import gettext as _

    return NotFound(_("This link is not known. Perhaps your mail program broke it in two: copy all of it."))


# --- The ledger ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the matches of one run went, counted in matches and items. `states` counts items by delivery state.

    matches = items (handed over, delivered, bounced, failed, uncertain, suppressed, pending) + told already.
    """

    matches: int
    told_already: int
    states: dict[str, int]
    mails: dict[str, int]

    def items(self, *states: str) -> int:
        return sum(self.states.get(state, 0) for state in states)

    @property
    def sent(self) -> int:
        return self.items(State.HANDED_OVER, State.DELIVERED)

    @property
    def suppressed(self) -> int:
        return self.items(State.SUPPRESSED)

    @property
    def bounced(self) -> int:
        return self.items(State.BOUNCED)

    @property
    def failed(self) -> int:
        return self.items(State.FAILED)

    @property
    def uncertain(self) -> int:
        return self.items(State.UNCERTAIN)

    @property
    def pending(self) -> int:
        return self.items(*Delivery.OPEN)

    @property
    def accounted(self) -> int:
        """The right side of the equation."""
        return self.told_already + sum(self.states.values())

    @property
    def holds(self) -> bool:
        return self.matches == self.accounted


def balances(runs: Iterable[DigestRun]) -> dict[int, Balance]:
    """The balance of each of these runs, in four queries for all of them."""
    keys = [run.pk for run in runs]
    told = DeliveryItem.objects.filter(subscriber=OuterRef("subscription__subscriber"), event=OuterRef("event"))
    here = told.filter(delivery__run=OuterRef("run"), subscription=OuterRef("subscription"))
    claimed = ChangeMatch.objects.filter(run__in=keys)
    matches = Counter(dict(claimed.values_list("run").annotate(n=Count("pk"))))
    already = Counter(dict(claimed.filter(Exists(told), ~Exists(here)).values_list("run").annotate(n=Count("pk"))))
    states: dict[int, dict[str, int]] = {key: {} for key in keys}
    mails: dict[int, dict[str, int]] = {key: {} for key in keys}
    items = DeliveryItem.objects.filter(delivery__run__in=keys)
    for run, state, count in items.values_list("delivery__run", "delivery__state").annotate(n=Count("pk")):
        states[run][state] = count
    rows = Delivery.objects.filter(run__in=keys)
    for run, state, count in rows.values_list("run", "state").annotate(n=Count("pk")):
        mails[run][state] = count
    return {key: Balance(matches[key], already[key], states[key], mails[key]) for key in keys}


def balance(run: DigestRun) -> Balance:
    """The balance of one run."""
    return balances([run])[run.pk]


def waiting(now: datetime) -> QuerySet[Delivery]:
    """Deliveries that may be sent now."""
    return Delivery.objects.filter(Q(not_before=None) | Q(not_before__lte=now), state=State.PENDING)
