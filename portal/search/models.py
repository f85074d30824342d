"""What can be found: one row for each provision, paragraph group or record, in each language; and saved searches."""

import datetime as dt
from hashlib import blake2b

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.search import profiles
from portal.search.filters import FACETS, Filters
from portal.search.requests import Query


class SearchEntry(models.Model):
    """A page, or a part of one, in one language. Rebuilt from the apps' rows; nothing else is kept here.

    `fold` is the number that the languages of the same key and part share: a reader sees them as one result.
    `tokens` feeds the index, which the database itself keeps (triggers of FTS5 on SQLite, a generated column on
    PostgreSQL): rows may be written in any way, the index follows.
    """

    fold = models.BigIntegerField(db_index=True)
    profile = models.BigIntegerField(help_text="The number of the SearchProfile with its facts.")
    key = models.CharField(max_length=200, db_index=True)
    part = models.CharField(max_length=80, blank=True, help_text="Which part of the page; empty for the page itself.")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=120, blank=True, db_index=True, help_text="What stands last in the key.")
    fragment = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    weight = models.FloatField(default=1.0)
    title = models.CharField(max_length=700)
    body = models.TextField(blank=True)
    tokens = models.TextField(blank=True)
    digest = models.BigIntegerField(default=0, help_text="Of all that is above: rows that stay the same are kept.")
    since = models.DateTimeField(default=timezone.now, help_text="When these words were first found here.")

    class Meta:
        ordering = ["key", "part", "language"]
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["key", "part", "language"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.key}#{self.part} {self.language}" if self.part else f"{self.key} {self.language}"

    @property
    def place(self) -> tuple[str, str, str]:
        """What no two entries share: key, part, language."""
        return self.key, self.part, self.language

    def state(self, on: dt.date | None = None) -> str:
        """Where a law stands on a date: in_force, future, suspended, repealed; "" for what has no such dates."""
        return profiles.state(self.valid_from, self.valid_until, self.suspended_until, on or timezone.localdate())


class SearchProfile(models.Model):
    """The facts that many entries share; its number is made of them, so that a row never changes."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=30)
    authority = models.CharField(max_length=60, blank=True)
    regime = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    jurisdictions = models.TextField(blank=True)
    topics = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    weight = models.FloatField(default=1.0)

    def __str__(self) -> str:
        return f"{self.kind} {self.jurisdictions}"

    @classmethod
    def of(cls, facts: profiles.Profile) -> "SearchProfile":
        return cls(
            id=facts.number,
            kind=facts.kind,
            authority=facts.authority,
            regime=facts.regime,
            year=facts.year,
            jurisdictions=" ".join(facts.jurisdictions),
            topics=" ".join(facts.topics),
            valid_from=facts.valid_from,
            valid_until=facts.valid_until,
            suspended_until=facts.suspended_until,
            weight=facts.weight,
        )

    @property
    def facts(self) -> profiles.Profile:
        return profiles.Profile(
            kind=self.kind,
            authority=self.authority,
            regime=self.regime,
            year=self.year,
            jurisdictions=tuple(self.jurisdictions.split()),
            topics=tuple(self.topics.split()),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            suspended_until=self.suspended_until,
            weight=self.weight,
        )


class Frequency(models.TextChoices):
    """How often a person is told of what is new in a saved search."""

    NEVER = "", _("No mail")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


class SavedSearch(models.Model):
    """A question with filters and order that a person keeps under a name; nobody else sees it.

    `question` is as it was typed, spaces made one; `filters` is facet -> values. What is found later than
    `looked_at` is new. `digest` is of question and filters, so that the same search is not kept twice.
    Removed ones can be brought back for a day. `frequency` is kept for the mails to come.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=200, blank=True)
    filters = models.JSONField(default=dict, blank=True)
    sort = models.CharField(max_length=20, default="relevance")
    literal = models.BooleanField(default=False)
    digest = models.CharField(max_length=32)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, blank=True, default=Frequency.NEVER)
    created_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "digest"], condition=models.Q(removed_at=None), name="saved_search_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, query: Query, *, user: User, name: str) -> "SavedSearch":
        """An unsaved row of a search."""
        filters = {facet: list(query.filters.of(facet)) for facet in FACETS if query.filters.of(facet)}
        return cls(
            user=user,
            name=name,
            question=query.typed,
            filters=filters,
            sort=query.sort,
            literal=query.literal,
            digest=cls.digest_of(query),
        )

    @staticmethod
    def digest_of(query: Query) -> str:
        """The same for the same words and filters, whatever their order in the address."""
        filters = sorted(query.filters.parameters())
        return blake2b(repr((query.typed.lower(), query.literal, filters)).encode(), digest_size=16).hexdigest()

    @property
    def query(self) -> Query:
        """What it asks for; laws stand where they stand on the day it is opened."""
        return Query(self.question, Filters.read(lambda facet: self.filters.get(facet, [])), self.sort, self.literal)
