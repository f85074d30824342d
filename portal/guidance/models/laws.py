"""Laws, their provisions, and what each provision says from a day to a day."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from i18nfield.fields import I18nCharField, I18nTextField

from portal.controls.models import Authority, Jurisdiction
from portal.core.models import Sourced


class InstrumentState(models.TextChoices):
    """Where a law stands on a date."""

    FUTURE = "future"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    REPEALED = "repealed"
    UNDATED = "undated"


class Instrument(Sourced):
    """A law, regulation, list or guideline of a state, by its permanent key."""

    key = models.CharField(max_length=60, unique=True)
    title = I18nCharField(max_length=600)
    short = I18nCharField(max_length=200, blank=True)
    kind = models.CharField(max_length=30, db_index=True)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="instruments")
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="instruments"
    )
    citation = models.CharField(max_length=300, blank=True)
    adopted = models.DateField(null=True, blank=True)
    in_force = models.DateField(null=True, blank=True)
    repealed = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    superseded_by = models.CharField(max_length=60, blank=True)
    supersedes = models.JSONField(default=list, blank=True)
    summary = I18nTextField(blank=True)

    class Meta:
        ordering = ["jurisdiction__code", "key"]

    def __str__(self) -> str:
        return str(self.short) or str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("guidance:law", kwargs={"key": self.key})

    def state(self, on: dt.date) -> InstrumentState:
        """Where the instrument stands on a date; UNDATED when no date of entry into force is known."""
        if self.repealed and self.repealed <= on:
            return InstrumentState.REPEALED
        if self.suspended_until and on < self.suspended_until:
            return InstrumentState.SUSPENDED
        if self.in_force is None:
            return InstrumentState.UNDATED
        return InstrumentState.IN_FORCE if self.in_force <= on else InstrumentState.FUTURE


class Provision(models.Model):
    """A part, chapter, article or section: an identity that its texts share. `position` is the order of reading."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    key = models.CharField(max_length=200, unique=True)
    label = models.CharField(max_length=80)
    number = I18nCharField(max_length=200)
    heading = I18nCharField(max_length=400, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField()
    by_import = models.BooleanField(default=False, help_text="Known from imported texts only, not from content/.")
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["instrument", "position"], name="provision_in_order")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        instrument, _, label = self.key.partition("/")
        return reverse("guidance:provision", kwargs={"key": instrument, "label": label})


class TextKind(models.TextChoices):
    """Whose words they are."""

    GIST = "gist", "our summary"
    OFFICIAL = "official", "official text"


class ProvisionText(models.Model):
    """What a provision says, in one language, from a day to a day.

    Two clocks: `valid_from`/`valid_until` (half-open) are what the law was; `recorded_at`/`retired_at` are what
    this site showed. Rows are added and retired, never edited.

    Of an official text `intake` is the import from which its words come, `recorded_by` the one that wrote this row
    (another, where a later import cut the span), `retired_by` the one that retired it.
    """

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=TextKind.choices, default=TextKind.GIST)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    to_check = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    intake = models.ForeignKey(
        "guidance.TextIntake", on_delete=models.PROTECT, null=True, blank=True, related_name="texts"
    )
    recorded_by = models.ForeignKey(
        "guidance.TextIntake", on_delete=models.PROTECT, null=True, blank=True, related_name="recorded"
    )
    retired_by = models.ForeignKey(
        "guidance.TextIntake", on_delete=models.PROTECT, null=True, blank=True, related_name="retired"
    )

    class Meta:
        ordering = ["valid_from", "language"]
        indexes = [models.Index(fields=["provision", "valid_from"], name="text_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="text_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["provision", "language", "kind", "valid_from"],
                condition=Q(retired_at=None),
                name="text_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision_id} {self.language} {self.valid_from}"

    @property
    def source(self) -> dict[str, Any] | None:
        """Where an official text comes from: title, publisher, url, date. None for our own words.

        Lists take it with `select_related("intake")`.
        """
        return self.intake.source if self.intake_id and self.intake else None
