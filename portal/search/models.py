"""What can be found: one row for each provision, paragraph group or record, in each language."""

import datetime as dt

from django.db import models
from django.utils import timezone


class SearchEntry(models.Model):
    """A page, or a part of one, in one language. Rebuilt from the apps' rows; nothing else is kept here.

    `fold` is the number that the languages of the same key and part share: a reader sees them as one result.
    The four token columns feed the index, which the database itself keeps (triggers of FTS5 on SQLite, generated
    columns on PostgreSQL): rows may be written in any way, the index follows.
    """

    fold = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=200, db_index=True)
    part = models.CharField(max_length=80, blank=True, help_text="Which part of the page; empty for the page itself.")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=120, blank=True, db_index=True, help_text="What stands last in the key.")
    fragment = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=60, blank=True)
    regime = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    weight = models.FloatField(default=1.0)
    title = models.CharField(max_length=700)
    body = models.TextField(blank=True)
    title_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)
    title_exact = models.TextField(blank=True)
    body_exact = models.TextField(blank=True)

    class Meta:
        ordering = ["key", "part", "language"]
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["key", "part", "language"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.key}#{self.part} {self.language}" if self.part else f"{self.key} {self.language}"

    def state(self, on: dt.date | None = None) -> str:
        """Where a law stands on a date: in_force, future, suspended, repealed; "" for what has no such dates."""
        day = on or timezone.localdate()
        if self.valid_until and self.valid_until <= day:
            return "repealed"
        if self.suspended_until and day < self.suspended_until:
            return "suspended"
        if self.valid_from is None:
            return ""
        return "in_force" if self.valid_from <= day else "future"


class SearchLabel(models.Model):
    """A value of a facet of which a page may have several: its jurisdictions and topics."""

    fold = models.BigIntegerField()
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fold", "facet", "value"], name="search_label_once")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.value}"
