"""Typical cases: what happened, what failed, what it cost."""

from django.db import models
from django.urls import reverse
from i18nfield.fields import I18nCharField, I18nTextField

from portal.controls.models import Jurisdiction
from portal.core.models import Sourced


class Facet(models.TextChoices):
    """What a case can be filtered by, beside its own columns."""

    AUTHORITY = "authority"
    INSTRUMENT = "instrument"
    ENTRY = "entry"
    DESTINATION = "destination"
    VIOLATION = "violation"
    ELEMENT = "element"


class Case(Sourced):
    """One public enforcement case, listing or policy episode. Organisations only; natural persons are never named."""

    slug = models.CharField(max_length=100, unique=True)
    title = I18nCharField(max_length=400)
    summary = I18nTextField()
    facts = I18nTextField()
    date = models.CharField(max_length=10)
    sort_date = models.DateField(db_index=True)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=40, db_index=True)
    alleged = models.BooleanField(default=False)
    discovery = models.CharField(max_length=60, blank=True, db_index=True)
    space_related = models.BooleanField(default=False, db_index=True)
    confidence = models.CharField(max_length=10, default="high")
    respondents = models.JSONField(default=list)
    items = models.JSONField(default=list)
    currency = models.CharField(max_length=3, blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    suspended = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    penalty_note = I18nTextField(blank=True)
    other_terms = models.JSONField(default=list, blank=True)
    aggravating = models.JSONField(default=list, blank=True)
    mitigating = models.JSONField(default=list, blank=True)
    lessons = models.JSONField(default=list, blank=True)
    red_flags = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-sort_date", "slug"]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def key(self) -> str:
        return f"case/{self.slug}"

    @property
    def year(self) -> int:
        return self.sort_date.year

    def get_absolute_url(self) -> str:
        return reverse("cases:case", kwargs={"slug": self.slug})


class CaseLabel(models.Model):
    """One value of a facet of a case: an authority's slug, a key, a country, a vocabulary value."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="labels")
    facet = models.CharField(max_length=12, choices=Facet.choices)
    value = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["facet", "value"], name="case_label_value")]
        constraints = [models.UniqueConstraint(fields=["case", "facet", "value"], name="case_label_once")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.value}"
