"""What can be found: one row for each provision, paragraph group or record, in each language."""

import datetime as dt

from django.db import models
from django.utils import timezone

from portal.search import profiles


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

    class Meta:
        ordering = ["key", "part", "language"]
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["key", "part", "language"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.key}#{self.part} {self.language}" if self.part else f"{self.key} {self.language}"

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
