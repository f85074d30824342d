"""Notices of authorities: drafted at the desk, published once, never rewritten.

A notice knows actors and the key of its authority, never users or organisations.
"""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from portal.core.actors import Actor


class Kind(models.TextChoices):
    """What a notice does."""

    RULE = "rule", _("Change of rules")
    CONSULTATION = "consultation", _("Consultation")
    GUIDANCE = "guidance", _("Guidance")
    LICENSING = "licensing", _("Licensing")
    ANNOUNCEMENT = "announcement", _("Announcement")


class State(models.TextChoices):
    """Where a notice stands on its way."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SCHEDULED = "scheduled", _("Scheduled")
    FAILED = "failed_to_publish", _("Could not be published")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Facet(models.TextChoices):
    """What a notice is filtered and followed by."""

    JURISDICTION = "jurisdiction", _("Jurisdiction")
    TOPIC = "topic", _("Topic")


class Notice(models.Model):
    """One notice. `slug` and `number` are given when it is published: `cn-mofcom-2026-0001`.

    `revision` counts the drafts, so that two editors cannot overwrite one another. `organisation_key` is the
    organisation at whose desk it was written, for the audit trail.
    """

    authority_key = models.CharField(max_length=200, db_index=True)
    organisation_key = models.CharField(max_length=60, blank=True)
    slug = models.CharField(max_length=120, unique=True, null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    revision = models.PositiveIntegerField(default=1)

    kind = models.CharField(max_length=20, choices=Kind.choices)
    reference = models.CharField(max_length=100, blank=True)
    title = I18nCharField(max_length=600)
    summary = I18nTextField(blank=True)
    body = I18nTextField(blank=True)
    effective_on = models.DateField(null=True, blank=True)
    comment_until = models.DateField(null=True, blank=True)
    comment_to = models.CharField(max_length=300, blank=True)
    supersedes = models.CharField(max_length=200, blank=True)

    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = I18nTextField(blank=True)
    failure = models.TextField(blank=True)

    drafted_by_key = models.CharField(max_length=60)
    drafted_by = models.CharField(max_length=200)
    edited_by_key = models.CharField(max_length=60)
    edited_by = models.CharField(max_length=200)
    reviewed_by_key = models.CharField(max_length=60, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    published_by_key = models.CharField(max_length=60, blank=True)
    published_by = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority_key", "year", "number"], name="notice_number_once_a_year")
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("notices:notice", kwargs={"slug": self.slug})

    @property
    def key(self) -> str:
        """The permanent key; before publishing a working name that nobody can cite."""
        return f"notice/{self.slug}" if self.slug else f"draft-notice/{self.pk}"

    @property
    def published(self) -> bool:
        """Whether readers can see it; withdrawn notices keep their page."""
        return self.state in {State.PUBLISHED, State.WITHDRAWN}

    @property
    def editor(self) -> Actor:
        """Who wrote the last draft."""
        return Actor(self.edited_by_key, self.edited_by)

    @property
    def jurisdictions(self) -> list[str]:
        """Codes, from the labels (prefetch them in lists)."""
        return [label.value for label in self.labels.all() if label.facet == Facet.JURISDICTION]

    @property
    def topics(self) -> list[str]:
        """Values of the vocabulary, from the labels (prefetch them in lists)."""
        return [label.value for label in self.labels.all() if label.facet == Facet.TOPIC]

    def open_for_comment(self, on: date) -> bool:
        """Whether comments are taken on this day, the last one included."""
        return self.state == State.PUBLISHED and self.comment_until is not None and on <= self.comment_until


class NoticeLabel(models.Model):
    """One value of a facet of a notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="labels")
    facet = models.CharField(max_length=12, choices=Facet.choices)
    value = models.CharField(max_length=60)

    class Meta:
        ordering = ["facet", "value"]
        indexes = [models.Index(fields=["facet", "value"], name="notice_label_value")]
        constraints = [models.UniqueConstraint(fields=["notice", "facet", "value"], name="notice_label_once")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.value}"


class NoticeChange(models.Model):
    """What a notice does to one rule, in words; `effective_on` where it differs from the notice's date."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="changes")
    target_key = models.CharField(max_length=200, db_index=True)
    words = I18nTextField(blank=True)
    effective_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.target_key}"


class NoticeCorrection(models.Model):
    """A dated correction, shown above the words as published. Only ever added."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="corrections")
    on = models.DateField()
    words = I18nTextField()
    by_key = models.CharField(max_length=60)
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.notice_id}, {self.on}"


class NoticeStep(models.Model):
    """The append-only history: each step with who, when and words; drafts and revisions with the whole text."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="steps")
    event = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    by_key = models.CharField(max_length=60)
    by = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    content = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.event} {self.revision}"
