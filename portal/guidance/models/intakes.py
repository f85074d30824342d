"""Official texts that came in from a file: which, whence, by whom, and what became of them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guidance.models.laws import Instrument


class IntakeState(models.TextChoices):
    """How far an import is."""

    READ = "read", _("Being read")
    PLANNED = "planned", _("Waits for a decision")
    APPLYING = "applying", _("Being taken in")
    APPLIED = "applied", _("Taken in")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class LineKind(models.TextChoices):
    """What an import does to a provision."""

    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    ENDED = "ended", _("No longer there")
    OUTLINE = "outline", _("New heading")
    UNCHANGED = "unchanged", _("Unchanged")


class TextIntake(models.Model):
    """One run of an import of official texts.

    `scope` are the labels whose whole contents the file has; None is the whole act. `done` of `total` is how far the
    step in hand is. `faults` and `warnings` are `{line, message, values}`. The file lies in the private storage
    and is never shown in the browser.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="intakes")
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source_title = models.CharField(max_length=300)
    source_publisher = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=400, blank=True)
    source_date = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="statutes/%Y/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(default=0)
    scope = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=IntakeState.choices, default=IntakeState.READ)
    counts = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    organisation_key = models.CharField(max_length=60, blank=True, db_index=True)
    by_key = models.CharField(max_length=60)
    by = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.CharField(max_length=200, blank=True)
    applied_by_key = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="intake_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.language} {self.valid_from}: {self.file_name}"

    @property
    def key(self) -> str:
        """Its name in the audit trail."""
        return f"text-intake/{self.pk}"

    @property
    def source(self) -> dict[str, Any]:
        """Where the texts come from, in the shape of `Sourced.sources`."""
        return {
            "title": self.source_title,
            "publisher": self.source_publisher or None,
            "url": self.source_url or None,
            "date": self.source_date.isoformat() if self.source_date else None,
        }


class IntakeLine(models.Model):
    """What a run does, or did, to one provision. `body` is the text in the file where it is new or differs."""

    intake = models.ForeignKey(TextIntake, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=80)
    number = models.CharField(max_length=200)
    heading = models.TextField(blank=True)
    what = models.CharField(max_length=10, choices=LineKind.choices)
    is_new = models.BooleanField(default=False)
    line = models.PositiveIntegerField(default=0)
    body = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["intake", "position"], name="intake_line_in_order")]
        indexes = [models.Index(fields=["intake", "what", "position"], name="intake_lines_by_kind")]

    def __str__(self) -> str:
        return f"{self.label}: {self.what}"
