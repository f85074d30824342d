"""The glossary and the timeline, and where such compilations come from."""

from django.db import models
from django.urls import reverse
from i18nfield.fields import I18nCharField, I18nTextField

from portal.core.models import Sourced


class Compilation(Sourced):
    """Where a collection of short entries (glossary, timeline, red flags) comes from, as a whole.

    `steps` are what a reader does with it, in order: `{language: Markdown}`.
    """

    name = models.CharField(max_length=40, unique=True)
    steps = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A term of the field in both languages."""

    slug = models.CharField(max_length=120, unique=True)
    term = I18nCharField(max_length=400)
    definition = I18nTextField()
    related = models.JSONField(default=list, blank=True)
    to_check = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.term)

    @property
    def key(self) -> str:
        return f"term/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("guidance:term", kwargs={"slug": self.slug})


class Event(models.Model):
    """Something that happened; `date` is as precise as the source (day, month or year), `sort_date` its first day."""

    slug = models.CharField(max_length=160, unique=True)
    date = models.CharField(max_length=10)
    sort_date = models.DateField(db_index=True)
    actor = models.CharField(max_length=100)
    category = models.CharField(max_length=40, db_index=True)
    text = I18nTextField()
    cites = models.JSONField(default=list, blank=True)
    to_check = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sort_date", "slug"]

    def __str__(self) -> str:
        return f"{self.date} {self.actor}"

    @property
    def key(self) -> str:
        return f"event/{self.slug}"
