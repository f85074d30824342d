"""What an authority expects of a compliance programme: framework, version, elements, requirements."""

from django.db import models
from django.urls import reverse
from i18nfield.fields import I18nCharField, I18nTextField

from portal.core.models import Sourced


class Framework(models.Model):
    """The identity of a framework over its versions."""

    slug = models.CharField(max_length=60, unique=True)
    current = models.ForeignKey(
        "FrameworkVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def key(self) -> str:
        return f"icp/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:framework", kwargs={"slug": self.slug})


class FrameworkVersion(Sourced):
    """What the framework says, as authored. Immutable once an assessment rests on it; `digest` is of what is said."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    title = I18nCharField(max_length=600)
    short = I18nCharField(max_length=200, blank=True)
    citation = models.CharField(max_length=400, blank=True)
    jurisdiction = models.CharField(max_length=10, blank=True)
    authority = models.CharField(max_length=60, blank=True)
    legal_status = I18nTextField(blank=True)

    class Meta:
        ordering = ["framework", "-number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="framework_version_once")]

    def __str__(self) -> str:
        return f"{self.framework_id} v{self.number}"


class Element(models.Model):
    """One element of a programme, such as training."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="elements")
    key = models.CharField(max_length=200, db_index=True)
    label = models.CharField(max_length=60)
    title = I18nCharField(max_length=300)
    aim = I18nTextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)
    our_reading = models.BooleanField(default=False)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "label"], name="element_once_in_version")]

    def __str__(self) -> str:
        return self.key


class Requirement(models.Model):
    """One thing that a firm should do. `label` is its stable identity over the versions."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="requirements")
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="requirements")
    key = models.CharField(max_length=200, db_index=True)
    label = models.CharField(max_length=60)
    text = I18nTextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "label"], name="requirement_once_in_version")]

    def __str__(self) -> str:
        return self.key
