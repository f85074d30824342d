"""Guidelines in editions whose words never change."""

from django.db import models
from django.urls import reverse
from i18nfield.fields import I18nTextField


class Guideline(models.Model):
    """A page that a firm can act on; what it says stands in its editions."""

    slug = models.CharField(max_length=80, unique=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = I18nTextField(blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def key(self) -> str:
        return f"guide/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("guidance:guideline", kwargs={"slug": self.slug})


class GuidelineEdition(models.Model):
    """One published edition; its words never change. Titles and texts per language are in `texts`."""

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    effective_on = models.DateField()
    published_at = models.DateTimeField()
    topics = models.JSONField(default=list, blank=True)
    elements = models.JSONField(default=list, blank=True)
    jurisdictions = models.JSONField(default=list, blank=True)
    as_of = models.DateField(null=True, blank=True)
    sources = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["guideline", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.guideline_id} edition {self.number}"


class GuidelineText(models.Model):
    """An edition in one language. `translates` is the edition that a translation renders; older means behind."""

    edition = models.ForeignKey(GuidelineEdition, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    body = models.TextField()
    changes = models.TextField(blank=True)
    to_check = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "language"], name="edition_text_once")]

    def __str__(self) -> str:
        return self.title
