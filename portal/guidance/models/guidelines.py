"""Guidelines in editions whose words never change, and what this site showed of them on any day."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from i18nfield.fields import I18nTextField
from i18nfield.strings import LazyI18nString


class Guideline(models.Model):
    """A page that a firm can act on; what it says stands in its editions.

    `withdrawn_on` is the day from which it is not to be relied on any more, which may lie ahead; `superseded_by` is the
    key of what takes its place. The history of both stands in `standings`.
    """

    slug = models.CharField(max_length=80, unique=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = I18nTextField(blank=True)
    superseded_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def key(self) -> str:
        return f"guide/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("guidance:guideline", kwargs={"slug": self.slug})


class GuidelineStanding(models.Model):
    """Whether a guideline was withdrawn, as this site showed it from `recorded_at` on. Rows are only ever added."""

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="standings")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = I18nTextField(blank=True)
    superseded_by = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.guideline_id} {self.recorded_at:%Y-%m-%d}"

    @property
    def said(self) -> tuple[dt.date | None, LazyI18nString, str]:
        """What it says, for comparing."""
        return self.withdrawn_on, self.withdrawn_because, self.superseded_by


class GuidelineEdition(models.Model):
    """One published edition; its words never change. Titles and texts per language are in `texts`.

    `published_at` is when this site first showed it, `effective_on` the day from which it counts. `main_element` names
    the element of a programme whose guideline it is; a topic guide has none.
    """

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    effective_on = models.DateField()
    published_at = models.DateTimeField()
    topics = models.JSONField(default=list, blank=True)
    elements = models.JSONField(default=list, blank=True)
    main_element = models.CharField(max_length=60, blank=True)
    jurisdictions = models.JSONField(default=list, blank=True)
    as_of = models.DateField(null=True, blank=True)
    sources = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["guideline", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.guideline_id} edition {self.number}"

    def get_absolute_url(self) -> str:
        """Its own address; the guideline's address shows the edition in effect."""
        arguments = {"slug": self.guideline.slug, "number": self.number}
        return reverse("guidance:guideline_edition", kwargs=arguments)


class TextsShown(models.Manager["GuidelineText"]):
    """The texts that the site shows now; those that it showed before are in `GuidelineText.ever`."""

    def get_queryset(self) -> models.QuerySet["GuidelineText"]:
        return super().get_queryset().filter(retired_at=None)


class GuidelineText(models.Model):
    """An edition in one language. A translation may come later than its edition, or be mended: then the old row is
    retired and a new one added, so that the page of a past day can be shown again."""

    edition = models.ForeignKey(GuidelineEdition, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    body = models.TextField()
    changes = models.TextField(blank=True)
    to_check = models.JSONField(default=list, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TextsShown()
    ever = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language"], condition=Q(retired_at=None), name="edition_text_once_shown"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> tuple[str, str, str, str]:
        """What is published and must not change for an edition in its first language."""
        return self.title, self.summary, self.body, self.changes
